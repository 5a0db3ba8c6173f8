import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CpuCredit } from '../../src/services/lambda/environments/cpu/cpu-credit.ts';
import { PERIOD_MS, shareOfMemory } from '../../src/services/lambda/environments/cpu/share-of-memory.ts';

/** Looks at a group that is stopped and continued as told; every look is late by what comes next, in turn. */
function run(share: number, wantedMs: number, latenessMs: readonly number[], threads: number) {
  const credit = new CpuCredit(share, 0);
  let [nowMs, cpuMs, longestRunMs] = [0, 0, 0];
  for (let look = 0; cpuMs < wantedMs; look += 1) {
    const isRunning = credit.mayRun;
    const waitMs = Math.max(1, credit.nextLookInMs(nowMs)) + (latenessMs[look % latenessMs.length] ?? 0);
    nowMs += waitMs;
    const letRunMs = isRunning ? waitMs : 0;
    const used = letRunMs * threads;
    cpuMs += used;
    longestRunMs = Math.max(longestRunMs, used);
    credit.account(nowMs, { cpuMs: used, waitingMs: 0 }, letRunMs);
  }
  return { achieved: cpuMs / nowMs, longestRunMs };
}

test('one that runs when it may gets its quota once a period', () => {
  const { achieved, longestRunMs } = run(0.25, 1000, [0], 1);
  expect(achieved).toBeCloseTo(0.25, 2);
  expect(longestRunMs).toBe(0.25 * PERIOD_MS);
});

test('five seconds of processor time take what they should, however late the looks and however many the threads', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 128, max: 1700 }),
      fc.array(fc.nat({ max: 3 * PERIOD_MS }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      (memoryMb, latenessMs, threads) => {
        const share = shareOfMemory(memoryMb) ?? Number.NaN;
        const { achieved } = run(share, 5000, latenessMs, threads);
        // The last run may be too long by what it was late.
        expect(achieved / share).toBeLessThan(1.15);
        // A single thread that is let run in time for its whole share only cannot make up for the looks that come late.
        if (share < 0.4) expect(achieved / share).toBeGreaterThan(0.85);
      },
    ),
  );
});

test('what was not wanted is lost, what could not be had for want of a core is not', () => {
  const idle = new CpuCredit(0.5, 0);
  idle.account(10 * PERIOD_MS, { cpuMs: 1, waitingMs: 0 }, 10 * PERIOD_MS);
  expect(idle.nextLookInMs(10 * PERIOD_MS)).toBe(0.5 * PERIOD_MS);
  const starved = new CpuCredit(0.5, 0);
  starved.account(2 * PERIOD_MS, { cpuMs: 1, waitingMs: 2 * PERIOD_MS - 1 }, 2 * PERIOD_MS);
  starved.account(2.5 * PERIOD_MS, { cpuMs: 0.5 * PERIOD_MS, waitingMs: 0 }, 0.5 * PERIOD_MS);
  expect(starved.mayRun).toBe(true);
  // Frozen between two invocations it is not starved.
  starved.resume(100 * PERIOD_MS);
  starved.account(100.5 * PERIOD_MS, { cpuMs: 0.5 * PERIOD_MS, waitingMs: 0 }, 0.5 * PERIOD_MS);
  expect(starved.mayRun).toBe(false);
});
