import type { Check } from './check.ts';
import { byArm, comparedRows } from './rows.ts';
import { percent } from './wording.ts';

/** A larger difference between the arms' shares moves even a median. */
const largestDifference = 0.1;

export const coldImbalance: Check = {
  id: 'cold-imbalance',
  guards: 'Cold starts in one arm only make it look slow; cold is compared with cold, warm with warm.',
  find: (input) => {
    const shares = byArm(comparedRows(input)).map(([arm, rows]) => {
      const cold = rows.filter((row) => row.start === 'cold').length;
      return { arm, cold, n: rows.length, share: cold / rows.length };
    });
    const least = Math.min(...shares.map(({ share }) => share));
    const most = Math.max(...shares.map(({ share }) => share));
    const isLarge = most - least > largestDifference;
    if (!isLarge && (least > 0 || most === 0 || shares.length < 2)) return [];
    const more = shares.filter(({ share }) => share > least + (isLarge ? largestDifference : 0));
    const list = shares.map(({ arm, cold, n, share }) => `${arm} ${cold} of ${n} (${percent(share)})`);
    return [
      {
        checkId: 'cold-imbalance',
        severity: isLarge ? 'error' : 'warning',
        arms: more.map(({ arm }) => arm),
        seen: `Cold starts among the compared samples: ${list.join(', ')}.${isLarge ? '' : ' Medians hardly move, tails and means do.'}`,
        remedy:
          'Warm every arm up and leave the cold samples out of all, or force a cold start for each sample of all.',
      },
    ];
  },
};
