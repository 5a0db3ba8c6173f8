import type { Observation } from '../observation.ts';
import type { CheckInput } from './check.ts';

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** From when a sample was due, or sent where that was earlier, to its end; null where a time is not known. */
export function spanOf({ dueAtMs, startedAtMs, endedAtMs }: Observation): Span | null {
  if (startedAtMs === null || endedAtMs === null) return null;
  return { startMs: Math.min(startedAtMs, dueAtMs ?? startedAtMs), endMs: endedAtMs };
}

/**
 * How far a duration may exceed its span: a timestamp of ISO 8601 is rounded to the millisecond, both ends to the clock's
 * resolution, and two clocks may run unequally fast.
 */
export function toleranceMs({ conditions }: CheckInput, spanMs: number): number {
  return 1 + 2 * conditions.clockResolutionMs + 0.01 * Math.abs(spanMs);
}
