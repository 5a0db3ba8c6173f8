import { type Block, burstArms } from '../blocks.ts';
import type { Retirer } from '../cloud/retire.ts';
import type { Context, Place } from '../place.ts';
import type { Recording } from '../recording.ts';
import { loadTheApi } from './api-load.ts';

/** All users of a burst begin within this time, and none asks twice: the thinking lasts longer. */
const sendingMs = 200;

/**
 * So many requests at once where no environment is left: each needs one of its own. Then as many again, which find them all: the same
 * rush without the starts.
 */
export async function burst(
  { burst: number }: Extract<Block, { kind: 'burst' }>,
  context: Context,
  place: Place,
  recording: Recording,
  retirer: Retirer,
): Promise<void> {
  const { burst: width } = context.parameters;
  const model = {
    kind: 'closed',
    users: width,
    spawnRatePerSecond: 1_000_000,
    thinkTime: { kind: 'constant', thinkMs: sendingMs },
    runTimeMs: sendingMs,
    seed: context.seed,
  } as const;
  await retirer.retire(place.api, context.signal);
  const made = [];
  for (const start of ['cold', 'warm'] as const) {
    const calls = await loadTheApi(model, place, context);
    if (calls.length !== width) {
      throw new Error(
        `Expected ${width} requests at once, but ${calls.length} left within ${sendingMs} ms: the machine is too busy for such a burst. Lower --burst.`,
      );
    }
    made.push(
      ...calls.map((call, index) => ({
        call,
        phase: 'burst' as const,
        arm: burstArms[start],
        unit: `request#${(number - 1) * width + index + 1}`,
        isCompared: true,
        intendedStart: start,
      })),
    );
  }
  await recording.record(place.api, made);
}
