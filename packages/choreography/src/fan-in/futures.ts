import { fillPending, type Json, type Standing, StatesError } from '@skyground/asl';

import { Collected } from '../errors.ts';
import type { FanInReference } from '../progress.ts';
import type { Work } from '../runtime.ts';
import { fanInItem } from '../store/names.ts';
import type { FanIn, LineFailure } from './fan-in.ts';
import { FutureInput } from './future-input.ts';

/** What is known of one input when the function has ended. */
export interface InputWait {
  readonly branch: number;
  /** From the first time that its value was asked for; null where it never was. */
  readonly waitMs: number | null;
  readonly resolvedAtStart: boolean;
}

/** Waiting gets longer by this share of the time waited so far, so that a long wait neither costs many reads nor is much prolonged. */
const POLL_SHARE = 0.02;

/** The inputs of an aggregator. Nothing is read before one of them is asked for its value; then one poller serves all of them. */
export class Futures {
  readonly inputs: readonly FutureInput[];
  readonly #work: Work;
  readonly #item: string;
  readonly #lineCount: number;
  readonly #pollFloorMs: number;
  #known: FanIn;
  #poller: Promise<void> | undefined;
  readonly #resolvedAtStart: ReadonlySet<number>;
  readonly #waits = new Map<number, number>();
  #gone: Collected | undefined;
  #billedWaitMs = 0;
  #waiting = 0;
  #waitingSinceMs = 0;

  /**
   * @param found The fan-in as it was when the function started.
   * @param pollFloorMs The shortest time between two reads.
   */
  constructor(work: Work, { position, lineCount }: FanInReference, found: FanIn, pollFloorMs: number) {
    this.#work = work;
    this.#item = fanInItem(position);
    this.#lineCount = lineCount;
    this.#pollFloorMs = pollFloorMs;
    this.#known = found;
    this.#resolvedAtStart = new Set(found.ends.keys());
    this.inputs = Array.from({ length: lineCount }, (_, line) => this.#input(line));
  }

  /** The fan-out failed: whatever the function makes of it, the workflow goes on from the line that failed. */
  get failure(): LineFailure | undefined {
    return this.#known.failure;
  }

  /** Time in which anything was waited for. */
  get billedWaitMs(): number {
    return this.#billedWaitMs;
  }

  get waits(): readonly InputWait[] {
    return this.inputs.map(({ branch }) => ({
      branch,
      waitMs: this.#waits.get(branch) ?? null,
      resolvedAtStart: this.#resolvedAtStart.has(branch),
    }));
  }

  /** Whether the fan-out has failed by now, where that is not known already. */
  async hasFailed(): Promise<boolean> {
    if (this.#gone !== undefined) throw this.#gone;
    if (this.failure === undefined && this.#known.ends.size < this.#lineCount) await this.#read();
    return this.failure !== undefined;
  }

  /** The standing with all outputs. */
  async fill({ pending = [], ...standing }: Standing): Promise<Standing> {
    const values = await Promise.all(this.inputs.map((input) => input.value()));
    const outputOf = (line: number): Json => values[line] ?? null;
    return { ...standing, input: fillPending(standing.input, pending, outputOf) };
  }

  #input(line: number): FutureInput {
    let value: Promise<Json> | undefined;
    return new FutureInput(
      line,
      () => this.#known.ends.has(line),
      () => {
        value ??= this.#value(line);
        // Asked for and never waited for: nobody else hears that it rejects.
        value.catch(() => undefined);
        return value;
      },
    );
  }

  async #value(line: number): Promise<Json> {
    const { clock } = this.#work.runtime;
    const askedAtMs = clock.now();
    if (this.#waiting === 0) this.#waitingSinceMs = askedAtMs;
    this.#waiting += 1;
    try {
      const [output = null] = await this.#work.store.outputs([await this.#end(line)]);
      return output;
    } catch (error) {
      if (error instanceof Collected) this.#gone = error;
      throw error;
    } finally {
      const nowMs = clock.now();
      this.#waits.set(line, nowMs - askedAtMs);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#billedWaitMs += nowMs - this.#waitingSinceMs;
    }
  }

  async #end(line: number) {
    for (;;) {
      const end = this.#known.ends.get(line);
      if (end !== undefined) return end;
      const { failure } = this.#known;
      if (failure !== undefined) throw new StatesError(failure.error, failure.cause);
      this.#work.signal.throwIfAborted();
      this.#poller ??= this.#poll().finally(() => {
        this.#poller = undefined;
      });
      await this.#poller;
    }
  }

  /** Until something is there that was not. */
  async #poll(): Promise<void> {
    const { runtime, signal } = this.#work;
    const { clock } = runtime;
    const before = this.#known.ends.size;
    for (;;) {
      await this.#read();
      if (this.#known.ends.size > before || this.failure !== undefined) return;
      const waitedMs = clock.now() - this.#waitingSinceMs;
      await clock.sleep(Math.max(this.#pollFloorMs, waitedMs * POLL_SHARE), signal);
    }
  }

  async #read(): Promise<void> {
    this.#known = await this.#work.store.fanIn(this.#item);
  }
}
