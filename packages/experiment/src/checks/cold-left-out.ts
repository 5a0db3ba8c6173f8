import type { Check } from './check.ts';
import { answerableRows, byArm, workOf } from './rows.ts';
import { named, percent } from './wording.ts';

/** More than this, and the arms no longer did comparable work. */
const largestShare = 0.1;

export const coldLeftOut: Check = {
  id: 'cold-left-out',
  guards:
    'Leaving cold samples out is fair while warm ones of the same work remain; otherwise the arms did different work.',
  find: (input) =>
    byArm(answerableRows(input)).flatMap(([arm, rows]) => {
      const succeeded = rows.filter((row) => row.outcome === 'succeeded');
      const leftOut = succeeded.filter((row) => row.start === 'cold' && !row.isCompared);
      if (leftOut.length === 0) return [];
      const remaining = new Set(succeeded.filter((row) => row.isCompared).map(({ unit }) => workOf(unit)));
      const gone = leftOut.map(({ unit }) => workOf(unit)).filter((work) => !remaining.has(work));
      const share = leftOut.length / succeeded.length;
      const isFair = gone.length === 0 && share <= largestShare;
      const rest = gone.length === 0 ? '' : `, so nothing warm remains of ${named(gone)}`;
      return [
        {
          checkId: 'cold-left-out',
          severity: isFair ? 'warning' : 'error',
          arms: [arm],
          seen: `${leftOut.length} of ${succeeded.length} samples of ${arm} (${percent(share)}) started cold and are not compared${rest}.`,
          remedy:
            'Warm up longer, or measure again with more repetitions, so that warm samples of the same work remain.',
        },
      ];
    }),
};
