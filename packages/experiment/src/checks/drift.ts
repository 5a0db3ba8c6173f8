import { median, sampleOf, sortedSample } from '@skyground/statistics';
import type { Check } from './check.ts';
import { byArm, inOrderOfTime, type MeasuredRow, measuredRows, workOf } from './rows.ts';
import { kendall } from './trend.ts';
import { figure, percent } from './wording.ts';

/** One arm in a thousand without a trend exceeds this, by the normal distribution, two-sided. */
const largestZ = 3.29;
/** A trend that is certain and smaller than this changes no verdict. */
const smallestChange = 0.05;

/**
 * Mann-Kendall in its seasonal form (Hirsch, Slack and Smith 1982): each work is compared with its own repetitions only, since
 * later images may be larger ones. Where nothing was done twice, drift cannot be told from that, and nothing is said.
 */
export const drift: Check = {
  id: 'drift',
  guards:
    'Durations that rise or fall over the run are not samples of one thing: a machine that heats up, a cache that fills.',
  find: (input) =>
    byArm(measuredRows(input)).flatMap(([arm, rows]) => {
      const repeated = [...Map.groupBy(inOrderOfTime(rows), ({ unit }) => workOf(unit)).values()].filter(
        (group) => group.length > 1,
      );
      const z = trendOf(repeated);
      const change = changeOf(repeated);
      if (Math.abs(z) <= largestZ || Math.abs(change) < smallestChange) return [];
      return [
        {
          checkId: 'drift',
          severity: 'warning',
          arms: [arm],
          seen: `Durations of ${arm} ${change > 0 ? 'rose' : 'fell'} by ${percent(Math.abs(change))} from the earlier to the later half of the repetitions (Mann-Kendall z = ${figure(z)}).`,
          remedy:
            'Warm up until durations are steady, let the machine cool or idle before the run, and interleave the arms.',
        },
      ];
    }),
};

function trendOf(groups: readonly (readonly MeasuredRow[])[]): number {
  let s = 0;
  let variance = 0;
  for (const group of groups) {
    const trend = kendall(group.map((row) => row.durationMs));
    s += trend.s;
    variance += trend.variance;
  }
  // One step of S towards 0: S has steps, the normal distribution none.
  return variance === 0 ? 0 : (Math.sign(s) * Math.max(Math.abs(s) - 1, 0)) / Math.sqrt(variance);
}

/** Median over works of later half over earlier half, minus 1: 0.1 is 10 % slower. */
function changeOf(groups: readonly (readonly MeasuredRow[])[]): number {
  const ratios = groups.map((group) => {
    const half = Math.floor(group.length / 2);
    return medianOf(group.slice(-half)) / medianOf(group.slice(0, half));
  });
  const sample = sampleOf(ratios);
  return sample === undefined ? 0 : median(sortedSample(sample)) - 1;
}

function medianOf(rows: readonly MeasuredRow[]): number {
  const sample = sampleOf(rows.map((row) => row.durationMs));
  return sample === undefined ? Number.NaN : median(sortedSample(sample));
}
