import type { Retirer } from '@skyground/cloud';
import type { Context, Place } from '../place.ts';
import type { Recording } from '../recording.ts';
import { loadUnit } from '../sample.ts';
import { loadTheApi } from './api-load.ts';

/**
 * The course's load: users who ask, wait and think. It begins without an environment, so its first requests start some. Its rows are
 * kept when it is over and its log is there: one that was cut has none, and is measured again as a whole.
 */
export async function load(
  context: Context,
  place: Place,
  recording: Recording,
  retirer: Retirer,
  session: string,
): Promise<void> {
  const { users, spawnRate, runTimeS, thinkMs } = context.parameters;
  await retirer.retire(place.api.name, context.signal);
  const model = {
    kind: 'closed',
    users,
    spawnRatePerSecond: spawnRate,
    thinkTime: { kind: 'constant', thinkMs },
    runTimeMs: runTimeS * 1000,
    seed: context.seed,
  } as const;
  const calls = await loadTheApi(model, place, context);
  const made = calls.map((call, index) => ({
    call,
    phase: 'load' as const,
    arm: loadUnit,
    unit: `${loadUnit} ${session}#${index + 1}`,
    parts: calls.length,
    isCompared: true,
    intendedStart: 'either' as const,
  }));
  await recording.record(place.api, made);
}
