import type { Clock, Json } from '@skyground/asl';

import { startSession } from '../../src/client/start-workflow.ts';
import { readEvent } from '../../src/envelope.ts';
import type { Handler } from '../../src/node/call-handler.ts';
import { runEnvelope } from '../../src/node/run-envelope.ts';
import type { RunRecord } from '../../src/node/run-record.ts';
import type { Runtime, Workflow } from '../../src/runtime.ts';
import { readEnvelope } from '../../src/send.ts';
import type { Mode } from '../../src/session.ts';
import { END_ITEM } from '../../src/store/names.ts';
import { MemoryObjects, MemoryTable } from './memory-ports.ts';

export const SESSION = 'session-1';

export interface Faults {
  /** Shares of all steps, or of all events. */
  readonly crashes: number;
  readonly duplicates: number;
}

/** An event in Lambda's queue. */
interface QueuedEvent {
  readonly text: string;
  /** Invocations of it that crashed: Lambda tries three times. */
  strikes: number;
}

/** An invocation, or the client. */
interface Process {
  readonly event: QueuedEvent | undefined;
  isDead: boolean;
}

/** Something that a process wants to do next. */
interface Turn {
  readonly process: Process;
  /** Undefined: at once. */
  readonly wakeAtMs: number | undefined;
  readonly take: () => void;
  readonly cancel: (reason: unknown) => void;
}

const MAX_STRIKES = 2;
/** A timer fires although something else could be done: processes are slow, but not so slow that a time limit is met. */
const EARLY_TIMER = 0.05;
const NEAR_MS = 10_000;

class Crash extends Error {}

/**
 * Lambda, table, bucket and time in one thread: every use of them is a turn, and chance says whose turn it is, whether the process dies
 * before or after what it does, and which events come twice, some of them when everything is over.
 */
export class SimulatedCloud {
  readonly table = new MemoryTable();
  readonly objects = new MemoryObjects();
  readonly records: RunRecord[] = [];
  /** Texts of the events that were sent before the end, by the state that they are for. */
  readonly sent = new Map<string, Set<string>>();
  crashCount = 0;
  /** Events that came after the end and ran the user's code all the same. */
  lateRunCount = 0;
  duplicateCount = 0;
  #nowMs = Date.UTC(2026, 0, 1);
  readonly #workflow: Workflow;
  readonly #handler: Handler;
  readonly #chance: () => number;
  readonly #faults: Faults;
  readonly #turns = new Set<Turn>();
  #queue: QueuedEvent[] = [];
  #late: QueuedEvent[] = [];
  readonly #broken: unknown[] = [];

  constructor(workflow: Workflow, handler: Handler, chance: () => number, faults: Faults) {
    this.#workflow = workflow;
    this.#handler = handler;
    this.#chance = chance;
    this.#faults = faults;
  }

  /** Until nothing is left to do, late duplicates included. */
  async run(input: Json, mode: Mode, collectsGarbage: boolean): Promise<void> {
    const client = { event: undefined, isDead: false };
    const { signal } = new AbortController();
    startSession(this.#runtime(client), input, { mode, collectsGarbage, session: SESSION, signal }).catch(
      (error: unknown) => this.#broken.push(error),
    );
    for (;;) {
      await new Promise(setImmediate);
      if (this.#broken.length > 0) throw this.#broken[0];
      if (this.#turns.size + this.#queue.length > 0) this.#step();
      else if (this.#late.length > 0) [this.#queue, this.#late] = [this.#late, []];
      else return;
    }
  }

  #step(): void {
    const ready = [...this.#turns].filter(({ wakeAtMs }) => wakeAtMs === undefined);
    const [timer] = [...this.#turns]
      .filter(({ wakeAtMs }) => wakeAtMs !== undefined)
      .sort((one, other) => (one.wakeAtMs ?? 0) - (other.wakeAtMs ?? 0));
    const count = ready.length + this.#queue.length;
    const isNear = (timer?.wakeAtMs ?? 0) < this.#nowMs + NEAR_MS;
    if (timer !== undefined && (count === 0 || (isNear && this.#chance() < EARLY_TIMER))) {
      timer.take();
      return;
    }
    const pick = Math.floor(this.#chance() * count);
    ready[pick]?.take();
    const [event] = this.#queue.splice(pick - ready.length, pick < ready.length ? 0 : 1);
    if (event !== undefined) void this.#deliver(event);
  }

  async #deliver(event: QueuedEvent): Promise<void> {
    const process: Process = { event, isDead: false };
    const isLate = await this.#hasEnded();
    const context = {
      awsRequestId: 'request',
      invokedFunctionArn: 'itself',
      getRemainingTimeInMillis: () => Number.POSITIVE_INFINITY,
    };
    const invocation = {
      handler: async (input: Parameters<Handler>[0]) => {
        if (isLate) this.lateRunCount += 1;
        await this.#turn(process, async () => undefined);
        return this.#handler(input, context);
      },
      context,
      pollFloorMs: 20,
      plant: () => undefined,
    };
    const runtime = this.#runtime(process);
    const work = async () => {
      const envelope = await readEnvelope(runtime, readEvent(JSON.parse(event.text)));
      if (envelope !== undefined) this.records.push(await runEnvelope(runtime, envelope, invocation));
    };
    work().catch((error: unknown) => {
      if (!process.isDead) this.#broken.push(error);
    });
  }

  #runtime(process: Process): Runtime {
    const { table, objects } = this;
    const turn = <Value>(work: () => Promise<Value>) => this.#turn(process, work);
    const clock: Clock = {
      now: () => this.#nowMs,
      sleep: (durationMs, signal) => this.#sleep(process, durationMs, signal),
    };
    return {
      workflow: this.#workflow,
      table: {
        read: (...about) => turn(() => table.read(...about)),
        create: (...about) => turn(() => table.create(...about)),
        endLine: (...about) => turn(() => table.endLine(...about)),
        failLine: (...about) => turn(() => table.failLine(...about)),
        list: (...about) => turn(() => table.list(...about)),
        remove: (...about) => turn(() => table.remove(...about)),
        older: (...about) => table.older(...about),
      },
      objects: {
        put: (...about) => turn(() => objects.put(...about)),
        get: (...about) => turn(() => objects.get(...about)),
        list: (...about) => turn(() => objects.list(...about)),
        remove: (...about) => turn(() => objects.remove(...about)),
      },
      invoke: (functionName, text) => turn(() => this.#invoke(functionName, text)),
      clock,
    };
  }

  async #invoke(functionName: string, text: string): Promise<void> {
    const sent = readEvent(JSON.parse(text));
    if (!(await this.#hasEnded()) && sent.kind === 'envelope' && sent.envelope.notBeforeMs === undefined) {
      const { position, retries } = sent.envelope.standing;
      const key = JSON.stringify([functionName, position, retries]);
      this.sent.set(key, (this.sent.get(key) ?? new Set()).add(text));
    }
    this.#queue.push({ text, strikes: 0 });
    if (this.#chance() >= this.#faults.duplicates) return;
    this.duplicateCount += 1;
    (this.#chance() < 0.5 ? this.#queue : this.#late).push({ text, strikes: 0 });
  }

  async #hasEnded(): Promise<boolean> {
    return (await this.table.read(SESSION, [END_ITEM])).size > 0;
  }

  /** Waits for its turn, then does the work, unless the process dies before it, or after it. */
  #turn<Value>(process: Process, work: () => Promise<Value>): Promise<Value> {
    if (process.isDead) return Promise.reject(new Crash());
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const turn: Turn = {
      process,
      wakeAtMs: undefined,
      cancel: reject,
      take: () => {
        this.#turns.delete(turn);
        this.#nowMs += 1;
        const { event } = process;
        const dies =
          event !== undefined && event.strikes < MAX_STRIKES && this.#chance() < this.#faults.crashes;
        if (dies && this.#chance() < 0.5) this.#kill(process, event, reject);
        else if (dies) work().then(() => this.#kill(process, event, reject), reject);
        else work().then(resolve, reject);
      },
    };
    this.#turns.add(turn);
    return promise;
  }

  #kill(process: Process, event: QueuedEvent, reject: (reason: unknown) => void): void {
    this.crashCount += 1;
    process.isDead = true;
    event.strikes += 1;
    this.#queue.push(event);
    for (const turn of this.#turns) {
      if (turn.process !== process) continue;
      this.#turns.delete(turn);
      turn.cancel(new Crash());
    }
    reject(new Crash());
  }

  #sleep(process: Process, durationMs: number, signal: AbortSignal): Promise<void> {
    if (process.isDead) return Promise.reject(new Crash());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wakeAtMs = this.#nowMs + durationMs;
    const turn: Turn = {
      process,
      wakeAtMs,
      cancel: reject,
      take: () => {
        this.#turns.delete(turn);
        this.#nowMs = Math.max(this.#nowMs, wakeAtMs);
        resolve();
      },
    };
    const onAbort = () => {
      this.#turns.delete(turn);
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else {
      this.#turns.add(turn);
      signal.addEventListener('abort', onAbort, { once: true });
    }
    return promise;
  }
}
