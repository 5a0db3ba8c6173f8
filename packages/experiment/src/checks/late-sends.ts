import { median, quantile, sampleOf, sortedSample } from '@skyground/statistics';
import type { Check } from './check.ts';
import { answerableRows, byArm, longestMs, measuredRows } from './rows.ts';
import { figure, percent } from './wording.ts';

/** A generator on an idle machine stays within this at its 99th percentile, whatever it sends. */
const floorMs = 2;
/** A delay of this share of the arm's median duration is felt in the comparison. */
const shareThatMatters = 0.1;

/**
 * Warns where the latest hundredth of sends is off by an amount that matters: the tail is then the generator's. An error where the
 * median send is: then every figure of the arm is, and more than half of its requests met another moment than was asked for.
 */
export const lateSends: Check = {
  id: 'late-sends',
  guards:
    'A generator that cannot keep up offers less load than it claims, and its own delay enters the latency.',
  find: (input) => {
    const measured = Map.groupBy(measuredRows(input), (row) => row.arm);
    return byArm(answerableRows(input)).flatMap(([arm, rows]) => {
      const delays = sampleOf(rows.flatMap(({ dueAtMs, startedAtMs }) => delayOf(dueAtMs, startedAtMs)));
      if (delays === undefined) return [];
      const durations = sampleOf((measured.get(arm) ?? []).map((row) => row.durationMs));
      const durationMs = durations === undefined ? 0 : median(sortedSample(durations));
      const allowedMs = Math.max(floorMs, shareThatMatters * durationMs);
      const sorted = sortedSample(delays);
      const p99Ms = quantile(sorted, 0.99);
      if (p99Ms <= allowedMs) return [];
      const medianMs = median(sorted);
      return [
        {
          checkId: 'late-sends',
          severity: medianMs > allowedMs ? 'error' : 'warning',
          arms: [arm],
          seen: `Requests of ${arm} left ${figure(medianMs)} ms (median) and ${figure(p99Ms)} ms (p99) off the time they were due; ${figure(allowedMs)} ms are tolerable (${percent(shareThatMatters)} of the median duration, at least ${floorMs} ms).`,
          remedy: 'Lower the rate, or give the generator more connections, workers or a machine of its own.',
        },
      ];
    });
  },
};

/** Too early is off as well: not what was asked for. Capped and in whole nanoseconds, so that wrong units stay figures. */
function delayOf(dueAtMs: number | null, startedAtMs: number | null): number[] {
  if (dueAtMs === null || startedAtMs === null) return [];
  const delayMs = Math.min(Math.abs(startedAtMs - dueAtMs), longestMs);
  // A time that is not finite is another check's.
  return Number.isNaN(delayMs) ? [] : [Math.round(delayMs * 1e6) / 1e6];
}
