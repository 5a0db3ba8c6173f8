import type { Retirer } from '@skyground/cloud';
import { type Block, burstArms, burstUnit } from '../blocks.ts';
import type { Context, Place } from '../place.ts';
import type { Recording } from '../recording.ts';
import { loadTheApi } from './api-load.ts';

/** All users of a burst begin within this time, and none asks twice: the thinking lasts longer. */
const sendingMs = 200;

/**
 * So many requests at once where no environment is left, then as many twice again. How many of the first start one is a result: a
 * request that is taken up late may find one that is done already. The second wave starts what is missing and is not compared, so that
 * the third is the same rush without the starts.
 */
export async function burst(
  { burst: number }: Extract<Block, { kind: 'burst' }>,
  context: Context,
  place: Place,
  recording: Recording,
  { retirer, session }: { readonly retirer: Retirer; readonly session: string },
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
  await retirer.retire(place.api.name, context.signal);
  const made = [];
  for (const wave of ['first', 'filling', 'again'] as const) {
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
        arm: burstArms[wave === 'first' ? 'first' : 'again'],
        unit:
          wave === 'filling'
            ? `filling ${session} ${burstUnit(index + 1, number)}`
            : burstUnit(index + 1, number),
        isCompared: wave !== 'filling',
        intendedStart: 'either' as const,
      })),
    );
  }
  await recording.record(place.api, made);
}
