import type { Observation } from '../observation.ts';
import type { Check, Finding } from './check.ts';
import { byArm, comparedRows } from './rows.ts';
import { percent } from './wording.ts';

/** A larger difference between the arms' shares moves even a median. */
const largestDifference = 0.1;

/**
 * Arms that take what comes are compared with each other; arms of an experiment that compares cold starts with warm ones, with what
 * they were meant to be. Where either was welcome, the share of cold starts is a result.
 */
export const coldImbalance: Check = {
  id: 'cold-imbalance',
  guards: 'Cold starts in one arm only make it look slow; cold is compared with cold, warm with warm.',
  find: (input) => {
    const rows = Map.groupBy(comparedRows(input), ({ intendedStart }) => intendedStart);
    return [
      ...imbalanceOf(rows.get(undefined) ?? [], null),
      ...imbalanceOf(rows.get('cold') ?? [], 'cold'),
      ...imbalanceOf(rows.get('warm') ?? [], 'warm'),
    ];
  },
};

function imbalanceOf(rows: readonly Observation[], intended: 'cold' | 'warm' | null): readonly Finding[] {
  const shares = byArm(rows).map(([arm, own]) => {
    const cold = own.filter((row) => row.start === 'cold').length;
    return { arm, cold, n: own.length, share: cold / own.length };
  });
  const wanted = intended === null ? [] : [intended === 'cold' ? 1 : 0];
  const of = [...shares.map(({ share }) => share), ...wanted];
  const least = Math.min(...of);
  const most = Math.max(...of);
  const isLarge = most - least > largestDifference;
  if (!isLarge && (least > 0 || most === 0 || of.length < 2)) return [];
  const tolerated = isLarge ? largestDifference : 0;
  const off = shares.filter(({ share }) =>
    intended === 'cold' ? share < most - tolerated : share > least + tolerated,
  );
  const list = shares.map(({ arm, cold, n, share }) => `${arm} ${cold} of ${n} (${percent(share)})`);
  const meant = intended === null ? '' : `, all of which were meant to start ${intended}`;
  return [
    {
      checkId: 'cold-imbalance',
      severity: isLarge ? 'error' : 'warning',
      arms: off.map(({ arm }) => arm),
      seen: `Cold starts among the compared samples${meant}: ${list.join(', ')}.${isLarge ? '' : ' Medians hardly move, tails and means do.'}`,
      remedy:
        'Warm every arm up and leave the cold samples out of all, or force a cold start for each sample of all.',
    },
  ];
}
