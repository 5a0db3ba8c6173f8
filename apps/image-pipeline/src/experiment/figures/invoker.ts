import type { Branch } from '../../branches.ts';
import type { Sample } from '../sample.ts';
import { termsOf } from './terms.ts';

/** Branches whose ends lie nearer than this may overtake each other between their end and their claim. */
export const distinctMs = 100;

export interface InvokerOfRun {
  readonly expected: Branch;
  readonly actual: string;
}

/**
 * Which branch had to start the Publisher, and which did: the slowest, or in FUTURE_BASED the fastest. undefined where the two
 * branches concerned (the last two, or the first two) ended less than 100 ms apart, where nothing is known, and of Step Functions, where
 * no branch starts anything.
 */
export function invokerOf(sample: Sample): InvokerOfRun | undefined {
  const terms = termsOf(sample);
  if (terms === undefined || sample.invokedBy === null || sample.mode === 'STEP_FUNCTIONS') return undefined;
  const isFuture = sample.mode === 'FUTURE_BASED';
  const inOrder = Object.values(terms.branchMs).toSorted((a, b) => a - b);
  const [one = 0, two = 0] = isFuture ? inOrder : inOrder.slice(-2);
  if (two - one < distinctMs) return undefined;
  return { expected: isFuture ? terms.fastest : terms.slowest, actual: sample.invokedBy };
}
