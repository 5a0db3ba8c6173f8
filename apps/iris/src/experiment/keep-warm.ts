import { idleArms, range } from './blocks.ts';
import { invoke } from './cloud/invoke.ts';
import { idleFunction, pingedFunction } from './deployment.ts';
import { idleFunctions } from './parameters.ts';
import type { Context, Place } from './place.ts';
import type { MadeCall, Recording } from './recording.ts';

/**
 * Functions that are left alone, and others that are pinged meanwhile. Pings go out between measurements only, so that none falls into
 * one: a measurement that lasts longer than the interval delays them.
 */
export class KeepWarm {
  readonly #context: Context;
  readonly #place: Place;
  readonly #recording: Recording;
  readonly #session: string;
  #touchedAtMs = 0;
  #pingedAtMs = 0;
  #pings = 0;

  constructor(context: Context, place: Place, recording: Recording, session: string) {
    this.#context = context;
    this.#place = place;
    this.#recording = recording;
    this.#session = session;
  }

  /** Gives each of them an environment. The time alone begins now. */
  async touch(): Promise<void> {
    await this.#callAll('touch', idleArms.idle, idleFunction);
    await this.#callAll('touch', idleArms.pinged, pingedFunction);
    this.#touchedAtMs = this.#context.clock.nowMs();
    this.#pingedAtMs = this.#touchedAtMs;
  }

  async pingIfDue(): Promise<void> {
    const dueAtMs = this.#pingedAtMs + this.#context.parameters.pingS * 1000;
    if (this.#context.clock.nowMs() < dueAtMs) return;
    this.#pingedAtMs = this.#context.clock.nowMs();
    this.#pings += 1;
    await this.#callAll(`ping ${this.#pings}`, idleArms.pinged, pingedFunction);
  }

  /** When the first of the functions has been alone for long enough, or the next ping is due: epoch milliseconds. */
  nextAtMs(): { readonly atMs: number; readonly isOver: boolean } {
    const { idleS, pingS } = this.#context.parameters;
    const overAtMs = this.#touchedAtMs + idleS * 1000;
    const pingAtMs = this.#pingedAtMs + pingS * 1000;
    return { atMs: Math.min(overAtMs, pingAtMs), isOver: this.#context.clock.nowMs() >= overAtMs };
  }

  async #callAll(what: string, arm: string, keyOf: (index: number) => string): Promise<void> {
    for (const index of range(idleFunctions)) {
      const fn = this.#place.function(keyOf(index));
      const call = await invoke(this.#place.clients.lambda, fn.name, this.#context);
      const made: MadeCall = {
        call,
        phase: 'keep-warm',
        arm,
        unit: `${what} of ${index} ${this.#session}`,
        isCompared: false,
        intendedStart: 'either',
      };
      await this.#recording.record(fn, [made]);
    }
  }
}
