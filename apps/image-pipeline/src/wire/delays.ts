import * as z from 'zod';

import type { Branch } from '../branches.ts';

/** So that no branch outlasts its function's timeout. */
const MAX_DELAY_MS = 30_000;

const kind = z.enum(['add', 'pad-to']);
const delayMs = z.int().min(0).max(MAX_DELAY_MS);

/** `add`: waits so long after the work. `pad-to`: waits until the function has run so long; one that took longer does not wait. */
export const delaySchema = z.strictObject({ kind, delayMs });
export type Delay = z.output<typeof delaySchema>;

/** The delays of all branches, as an execution's input has them: `{ kind, thumbnailMs, transformMs, filtersMs, contourMs }`. */
export const delaysSchema = z.strictObject({
  kind,
  thumbnailMs: delayMs,
  transformMs: delayMs,
  filtersMs: delayMs,
  contourMs: delayMs,
});
export type Delays = z.output<typeof delaysSchema>;

/** Nothing is waited for. */
export const NO_DELAYS: Delays = delays('add', { thumbnail: 0, transform: 0, filters: 0, contour: 0 });

/** Delays in milliseconds by branch. */
export function delays(kind: Delays['kind'], byBranch: Readonly<Record<Branch, number>>): Delays {
  const { thumbnail, transform, filters, contour } = byBranch;
  return {
    kind,
    thumbnailMs: thumbnail,
    transformMs: transform,
    filtersMs: filters,
    contourMs: contour,
  };
}
