/** Epoch milliseconds. */
export interface Clock {
  nowMs(): number;
}

/** Monotonic: the time of day at the start of the process, plus what has passed since. */
export const systemClock: Clock = { nowMs: () => performance.timeOrigin + performance.now() };

/** UTC, ISO 8601, milliseconds. */
export function timestampOf(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString();
}

/** The smallest step of the clock that durations are taken with. */
export function clockResolutionMs(): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 1_000; reading += 1) {
    const step = -(performance.now() - performance.now());
    if (step > 0) smallest = Math.min(smallest, step);
  }
  // So fine that two readings in a row never differ: the nanosecond of the operating system.
  return Number.isFinite(smallest) ? smallest : 1e-6;
}
