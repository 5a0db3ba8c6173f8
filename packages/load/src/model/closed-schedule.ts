import type { ClosedModel } from './plan.ts';
import { uniformNumbers } from './random.ts';

/** When each user starts, in ms after the start: one every 1 / spawn rate, within the run time. */
export function userStartsMs({ users, spawnRatePerSecond, runTimeMs }: ClosedModel): number[] {
  return Array.from({ length: users }, (_, user) => (user * 1000) / spawnRatePerSecond).filter(
    (startMs) => startMs < runTimeMs,
  );
}

/** One user's think times in their order, the same ones whenever they are asked for: `seed` and user decide. */
export function thinkTimesMs({ thinkTime, seed }: ClosedModel, user: number): () => number {
  if (thinkTime.kind === 'constant') return () => thinkTime.thinkMs;
  // 40,503 (2^16 over the golden ratio) keeps the users' seeds apart for neighbouring seeds of a run.
  const uniform = uniformNumbers(seed + (user + 1) * 40_503);
  return () => thinkTime.minMs + (thinkTime.maxMs - thinkTime.minMs) * uniform();
}
