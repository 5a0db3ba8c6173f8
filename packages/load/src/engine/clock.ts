/** Milliseconds of the machine's monotonic clock: the same one in all threads of the process, never set back. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * What to add to the monotonic clock to get UTC, found once a run so that no correction of the system's clock can make a
 * duration wrong. Waits (under a millisecond) for the system's clock to tick, and so is exact to some microseconds.
 */
export function utcOffsetMs(): number {
  const before = Date.now();
  let utc = Date.now();
  while (utc === before) utc = Date.now();
  return utc - monotonicMs();
}

/** The time now as epoch ms with fractions. */
export type NowMs = () => number;

export function clockWithOffset(offsetMs: number): NowMs {
  return () => offsetMs + monotonicMs();
}
