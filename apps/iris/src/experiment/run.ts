import { Retirer } from '@skyground/cloud';
import { type Block, blocksOf } from './blocks.ts';
import { cleanUp } from './cloud/clean-up.ts';
import { Provisioner } from './cloud/provision.ts';
import { KeepWarm } from './keep-warm.ts';
import { apiTest } from './phases/api-test.ts';
import { burst } from './phases/burst.ts';
import { idle } from './phases/idle.ts';
import { load } from './phases/load.ts';
import { type Provided, round } from './phases/round.ts';
import { type Context, type Place, placeOf } from './place.ts';
import { Recording } from './recording.ts';

/** Taking provisioned concurrency away and restoring functions goes on after a stop, but not for ever. */
const cleaningLimitMs = 120_000;

/** Block after block, one at a time. A resumed run does the blocks of which something is left. */
export async function run(context: Context): Promise<void> {
  const { parameters, signal, clock } = context;
  const place = await placeOf(context);
  const recording = new Recording(context, place);
  const left = blocksOf(parameters).filter(({ units }) => units.some((unit) => recording.isLeft(unit)));
  const session = new Date(clock.nowMs()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const retirer = new Retirer(place.clients, () => clock.nowMs());
  const keepWarm = left.some(({ kind }) => kind === 'idle')
    ? new KeepWarm(context, place, recording, session)
    : null;
  const provision = new Provision(context, place, retirer, left);
  try {
    if (keepWarm !== null) {
      context.progress('starting the functions that will be left alone');
      await keepWarm.touch();
    }
    context.progress('API test');
    await apiTest(context, place, recording, session);
    for (const block of left) {
      signal.throwIfAborted();
      await keepWarm?.pingIfDue();
      switch (block.kind) {
        case 'load':
          context.progress(`load: ${parameters.users} users for ${parameters.runTimeS} s`);
          await load(context, place, recording, retirer, session);
          break;
        case 'burst':
          context.progress(
            `burst ${block.burst} of ${parameters.bursts}: ${parameters.burst} requests at once`,
          );
          await burst(block, context, place, recording, { retirer, session });
          break;
        case 'round': {
          const provided = await provision.next();
          context.progress(
            `round ${block.round} of ${parameters.rounds} over ${block.strategies.length} strategies`,
          );
          await round(block, context, place, recording, {
            retirer,
            provisioner: provision.provisioner,
            provided,
          });
          break;
        }
        case 'idle':
          if (keepWarm !== null) await idle(context, place, recording, keepWarm);
          break;
      }
    }
  } finally {
    context.progress('restoring the functions');
    const cleaning = AbortSignal.timeout(cleaningLimitMs);
    await cleanUp([
      async () => provision.provisioner?.removeAll(cleaning),
      ...retirer.changed.map((name) => () => retirer.restore(name, cleaning)),
    ]);
  }
}

/** Provisioned versions for the rounds that are left: made together, since a provision takes minutes on AWS. */
class Provision {
  readonly provisioner: Provisioner | null;
  readonly #context: Context;
  readonly #retirer: Retirer;
  readonly #rounds: number;
  #provided: Provided[] | undefined;

  constructor(context: Context, place: Place, retirer: Retirer, left: readonly Block[]) {
    const rounds = left.filter(
      (block) => block.kind === 'round' && block.strategies.some(({ provisioned }) => provisioned),
    );
    this.#context = context;
    this.#retirer = retirer;
    this.#rounds = rounds.length;
    this.provisioner =
      rounds.length === 0 ? null : new Provisioner(place, place.function('provisioned'), context.clock);
  }

  /** A version for the next round; null where none is asked for. */
  async next(): Promise<Provided | null> {
    if (this.provisioner === null) return null;
    this.#provided ??= await this.#provide(this.provisioner);
    return this.#provided.shift() ?? { error: 'no provisioned version is left' };
  }

  async #provide(provisioner: Provisioner): Promise<Provided[]> {
    const { signal } = this.#context;
    this.#context.progress(`provisioning ${this.#rounds} environments`);
    // What a killed run left would count against the quota.
    await provisioner.removeAll(signal);
    try {
      return [...(await provisioner.provide(this.#rounds, this.#retirer, signal))];
    } catch (cause) {
      signal.throwIfAborted();
      const error = `not provisioned: ${cause instanceof Error ? cause.message : String(cause)}`;
      this.#context.log('warning', `${error}. Leave it out with --strategies, naming the others.`);
      await provisioner.removeAll(signal);
      return Array.from({ length: this.#rounds }, () => ({ error }));
    }
  }
}
