/** Wall-clock time at a start, and steady time since: a clock that is set while an image is processed bends no duration. */
export interface Stopwatch {
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  /** Epoch milliseconds: the start plus what has passed since, by the monotonic clock. */
  readonly nowMs: () => number;
}

/** Started anew for each invocation: an environment that was frozen in between has a monotonic clock that may have stood still. */
export function startStopwatch(): Stopwatch {
  const startedAtMs = Date.now();
  const originMs = performance.now();
  return { startedAtMs, nowMs: () => startedAtMs + (performance.now() - originMs) };
}
