import type { Observation } from '../observation.ts';
import type { Check, CheckInput } from './check.ts';
import { answerableRows, byArm } from './rows.ts';
import { spanOf, toleranceMs } from './span.ts';
import { unitsOf } from './wording.ts';

export const contradictingTimes: Check = {
  id: 'contradicting-times',
  guards:
    'An end before its start, or a duration longer than all the time there was, comes from two clocks or a wrong unit.',
  find: (input) =>
    byArm(answerableRows(input)).flatMap(([arm, rows]) => {
      const faults = rows.flatMap((row) => {
        const fault = faultOf(row, input);
        return fault === undefined ? [] : [{ fault, unit: row.unit }];
      });
      if (faults.length === 0) return [];
      const kinds = [...Map.groupBy(faults, ({ fault }) => fault)]
        .map(([fault, ofKind]) => `${ofKind.length} ${fault}`)
        .toSorted();
      return [
        {
          checkId: 'contradicting-times',
          severity: 'error',
          arms: [arm],
          seen: `${faults.length} of ${rows.length} samples of ${arm} have times that cannot be (${kinds.join(', ')}): ${unitsOf(faults)}.`,
          remedy:
            "Take both ends of a duration from one monotonic clock, in milliseconds; never subtract two machines' clocks.",
        },
      ];
    }),
};

function faultOf(row: Observation, input: CheckInput): string | undefined {
  const times = [row.dueAtMs, row.startedAtMs, row.endedAtMs];
  if (times.some((time) => time !== null && !Number.isFinite(time))) return 'not finite';
  const span = spanOf(row);
  if (span === null) return undefined;
  const spanMs = span.endMs - span.startMs;
  const allowedMs = toleranceMs(input, spanMs);
  if ((row.endedAtMs ?? 0) < (row.startedAtMs ?? 0) - allowedMs) return 'ending before they start';
  // A duration that is not finite is another check's.
  const durationMs = row.outcome === 'succeeded' && Number.isFinite(row.durationMs) ? row.durationMs : null;
  if (durationMs !== null && durationMs > spanMs + allowedMs) {
    return 'lasting longer than from start to end';
  }
  return undefined;
}
