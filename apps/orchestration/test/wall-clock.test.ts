import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { wallClock } from '../src/functions/wall-clock.ts';

/** A wall clock and a steady clock that go as the test says. Steps are multiples of 1/8 ms, so that sums are exact. */
function clocks(startMs: number) {
  let wall = startMs;
  let steady = 0;
  const nowMs = wallClock({ wallMs: () => Math.floor(wall), steadyMs: () => steady, originMs: startMs });
  return {
    nowMs,
    /** Time passes for both. */
    pass(durationMs: number) {
      wall += durationMs;
      steady += durationMs;
    },
    /** The environment is frozen, or the wall clock set: only the wall clock moves. */
    shift(byMs: number) {
      wall += byMs;
    },
    wall: () => wall,
  };
}

describe('the wall clock of the probe', () => {
  it('shows fractions of a millisecond', () => {
    const clock = clocks(1_000);
    clock.pass(0.25);
    expect(clock.nowMs()).toBe(1_000.25);
    clock.pass(12.5);
    expect(clock.nowMs()).toBe(1_012.75);
  });

  it('goes on with the wall clock after an environment was frozen', () => {
    const clock = clocks(1_000);
    clock.nowMs();
    clock.shift(60_000);
    expect(clock.nowMs()).toBe(61_000);
    clock.pass(0.5);
    expect(clock.nowMs()).toBe(61_000.5);
  });

  it('follows a wall clock that is set back', () => {
    const clock = clocks(10_000);
    clock.shift(-5_000);
    expect(Math.floor(clock.nowMs())).toBe(5_000);
  });

  const duration = fc.integer({ min: 0, max: 100_000 }).map((eighths) => eighths / 8);
  const start = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });

  it('is never further from the wall clock than its whole milliseconds allow, whatever happens to either', () => {
    const move = fc.record({ passMs: duration, shiftMs: fc.integer({ min: -100_000, max: 100_000 }) });
    fc.assert(
      fc.property(start, fc.array(move), (startMs, moves) => {
        const clock = clocks(startMs);
        for (const { passMs, shiftMs } of moves) {
          clock.pass(passMs);
          clock.shift(shiftMs);
          expect(Math.floor(clock.nowMs())).toBe(Math.floor(clock.wall()));
        }
      }),
    );
  });

  it('shows durations exactly while nobody sets a clock, and never goes back', () => {
    fc.assert(
      fc.property(start, fc.array(duration, { minLength: 1 }), (startMs, durations) => {
        const clock = clocks(startMs);
        let beforeMs = clock.nowMs();
        for (const durationMs of durations) {
          clock.pass(durationMs);
          const nowMs = clock.nowMs();
          expect(nowMs - beforeMs).toBeCloseTo(durationMs, 2);
          expect(nowMs).toBeGreaterThanOrEqual(beforeMs);
          beforeMs = nowMs;
        }
      }),
    );
  });
});
