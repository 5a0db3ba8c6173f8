/** Where the time comes from; tests hand in their own. */
export interface ClockSources {
  /** Epoch milliseconds, whole ones, as `Date.now`. */
  readonly wallMs: () => number;
  /** Milliseconds with fractions since any moment, as `performance.now`. */
  readonly steadyMs: () => number;
  /** What the wall clock showed at that moment, as `performance.timeOrigin`. */
  readonly originMs: number;
}

/** A whole millisecond of the wall clock ends before this fraction of it. */
const LAST_FRACTION_MS = 0.999;

/**
 * The wall clock with fractions of a millisecond: the steady clock, anchored when the process began. An environment may be frozen
 * with its steady clock, and a wall clock may be set: where the two no longer show the same millisecond, the anchor moves by as
 * little as makes them. So a reading is never further from `wallMs` than its whole milliseconds allow.
 *
 * @returns a reading: epoch milliseconds
 */
export function wallClock({ wallMs, steadyMs, originMs }: ClockSources): () => number {
  let anchorMs = originMs;
  return () => {
    const steady = steadyMs();
    const wall = wallMs();
    const nowMs = Math.min(Math.max(anchorMs + steady, wall), wall + LAST_FRACTION_MS);
    anchorMs = nowMs - steady;
    return nowMs;
  };
}
