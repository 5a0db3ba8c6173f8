import type { Comparison } from '../compare/compare-case.ts';

/** What became of one case or one entry of the wire shapes. */
export type CaseResult = {
  readonly id: string;
  readonly group: string;
  /** Needs nothing but an interpreter and the described functions. */
  readonly isSelfContained: boolean;
} & Outcome;

export type Outcome =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  /** Judged as a whole, by a test: what it said against it. */
  | { readonly kind: 'tested'; readonly failure: string | undefined }
  /** Nothing came back to compare, for a reason that is a fault of ours. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'not applicable'; readonly reason: string };
