import type { Observation } from '../observation.ts';
import type { Check } from './check.ts';
import { compareText, inOrderOfTime, measuredRows, workOf } from './rows.ts';
import { percent } from './wording.ts';

/** With half of an arm in one block, half of it has seen only one part of the run. */
const largestShare = 0.5;
/** Blocks that a random order brings about more often than this are no fault. */
const rareness = 0.01;

export const order: Check = {
  id: 'order',
  guards:
    'Arms that run one after the other differ by whatever changed in between: heat, other load, time of day.',
  find: (input) => {
    const arms = inOrderOfTime(measuredRows(input))
      .filter(isFirstPart())
      .map((row) => row.arm);
    return [...Map.groupBy(arms, (arm) => arm)]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([arm, { length: n }]) => {
        const others = arms.length - n;
        const block = longestBlock(arms, arm);
        const share = block / n;
        if (others === 0 || share <= largestShare || expectedBlocks(n, others, block) > rareness) return [];
        return [
          {
            checkId: 'order',
            severity: 'warning',
            arms: [arm],
            seen: `${block} of ${n} samples of ${arm} (${percent(share)}) ran in one go, no other arm between them.`,
            remedy: 'Interleave the arms: alternate sample by sample, or in several short blocks of each.',
          },
        ];
      });
  },
};

/** A load is one unit however many requests it has: nothing can come between them. */
function isFirstPart(): (row: Observation) => boolean {
  const seen = new Set<string>();
  return ({ arm, unit, partOf }) =>
    partOf === undefined || seen.size < seen.add(JSON.stringify([arm, workOf(unit)])).size;
}

function longestBlock(arms: readonly string[], arm: string): number {
  let longest = 0;
  let length = 0;
  for (const each of arms) {
    length = each === arm ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

/**
 * How many blocks of at least so many of n, among m others, a random order has on average: each of the m + 1 gaps between the
 * others is one with the probability that the order's other n - block samples fall anywhere. Bounds the chance of any.
 */
function expectedBlocks(n: number, others: number, block: number): number {
  let expected = others + 1;
  for (let index = 0; index < block; index += 1) expected *= (n - index) / (n + others - index);
  return expected;
}
