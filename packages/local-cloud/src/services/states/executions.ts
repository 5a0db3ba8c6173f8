import { randomUUID } from 'node:crypto';
import type { ExecutionResult, Json, TaskRunner } from '@skyground/asl';
import type { CloudEnvironment } from '../../server/environment.ts';
import { GroupCommit } from '../../storage/group-commit.ts';
import { transaction } from '../../storage/transaction.ts';
import { withoutSync } from '../../storage/without-sync.ts';
import type { Arns } from './arns.ts';
import { Batch } from './batch.ts';
import { cloudStopping, executionAlreadyExists, machineNotFound } from './errors.ts';
import type { EventTable, NewEvent, PlacedEvent } from './event-table.ts';
import type { ExecutionLog } from './execution-log.ts';
import type { ExecutionRecord, ExecutionTable } from './execution-table.ts';
import { type OutsideEnd, RunningExecution } from './running-execution.ts';
import type { StateMachine } from './state-machines.ts';

const EXPRESS_LIMIT_MS = 5 * 60_000;

export interface ExecutionInput {
  /** As it was sent. */
  readonly text: string;
  readonly value: Json;
}

export interface ExecutionsSettings {
  readonly environment: CloudEnvironment;
  readonly arns: Arns;
  readonly table: ExecutionTable;
  readonly events: EventTable;
  readonly log: ExecutionLog;
  readonly tasks: TaskRunner;
  readonly onFault: (fault: unknown, doing: string) => void;
}

/** What runs now, and what becomes of it. Nothing of an execution stays in memory once it has ended. */
export class Executions {
  readonly #settings: ExecutionsSettings;
  readonly #running = new Map<string, RunningExecution>();
  readonly #completing = new Map<string, Promise<void>>();
  readonly #starts: GroupCommit;
  readonly #newEvents: Batch<NewEvent>;
  #isStopped = false;

  constructor(settings: ExecutionsSettings) {
    const { environment, events, onFault } = settings;
    this.#settings = settings;
    this.#starts = new GroupCommit(environment.database);
    this.#newEvents = new Batch(
      environment.clock,
      (batch) => withoutSync(environment.database, () => events.append(batch)),
      (fault) => onFault(fault, 'writing the history of executions'),
    );
  }

  /** Durable when it resolves. Idempotent by name while that execution runs with the same input. */
  async startStandard(machine: StateMachine, name: string, input: ExecutionInput): Promise<ExecutionRecord> {
    const { environment, table, arns } = this.#settings;
    const { clock } = environment;
    const started = await this.#starts.commit(() =>
      table.start(machine.revision, name, input.text, clock.now()),
    );
    if (started === undefined) return this.#alreadyStarted(machine, name, input);
    const arn = arns.execution(machine.name, name);
    const keep = (event: PlacedEvent) =>
      this.#newEvents.add({ ...event, executionId: started.id }, sizeOf(event));
    const running = this.#begin(arn, machine, name, input, started.startedMs, keep);
    this.#complete(running, (result) => table.finish(started.id, result, clock.now()));
    return started;
  }

  /** Leaves nothing but what it logs. */
  startExpress(machine: StateMachine, name: string, input: ExecutionInput): RunningExecution {
    const { environment, arns } = this.#settings;
    const arn = arns.express(machine.name, name, randomUUID());
    const running = this.#begin(arn, machine, name, input, environment.clock.now(), undefined);
    const ended = new AbortController();
    environment.clock.sleep(EXPRESS_LIMIT_MS, ended.signal).then(
      () =>
        running.end(
          { status: 'TIMED_OUT', error: 'States.Timeout', cause: undefined },
          {
            type: 'ExecutionTimedOut',
            detailsKey: 'executionTimedOutEventDetails',
            details: { error: 'States.Timeout' },
          },
          0,
        ),
      () => {
        // It ended before its time was up.
      },
    );
    this.#complete(running, () => {}, ended);
    return running;
  }

  /** Resolves when it has ended, at once if it has. False if it was not running. */
  async stop(arn: string, error: string | undefined, cause: string | undefined): Promise<boolean> {
    const running = this.#running.get(arn);
    if (running === undefined) return false;
    const result: OutsideEnd = { status: 'ABORTED', error, cause };
    const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    running.end(result, { type: 'ExecutionAborted', detailsKey: 'executionAbortedEventDetails', details }, 0);
    await this.#completing.get(arn);
    return true;
  }

  async stopAllOf(machine: StateMachine): Promise<void> {
    const arns = [...this.#running.values()]
      .filter(({ start }) => start.machine.id === machine.id)
      .map(({ start }) => start.arn);
    await Promise.all(arns.map((arn) => this.stop(arn, undefined, undefined)));
  }

  /** Resolves when it has ended; rejects with the signal's reason. */
  async waitFor(arn: string, signal: AbortSignal): Promise<void> {
    const completed = this.#completing.get(arn);
    if (completed === undefined) return;
    signal.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([completed, aborted]);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** For those who read what was recorded. */
  flush(): void {
    this.#newEvents.flush();
  }

  /** Interrupts what runs; its history is kept as far as it came. */
  async stopAll(): Promise<void> {
    this.#isStopped = true;
    for (const running of this.#running.values()) running.interrupt();
    await Promise.all(this.#completing.values());
    this.#newEvents.flush();
    this.#settings.log.flush();
  }

  #alreadyStarted(machine: StateMachine, name: string, input: ExecutionInput): ExecutionRecord {
    const { arns, table } = this.#settings;
    const existing = table.findOf(machine.id, name);
    if (existing === undefined) throw machineNotFound(arns.machine(machine.name));
    if (existing.status === 'RUNNING' && existing.input === input.text) return existing;
    throw executionAlreadyExists(arns.execution(machine.name, name));
  }

  #begin(
    arn: string,
    machine: StateMachine,
    name: string,
    input: ExecutionInput,
    startedMs: number,
    keep: ((event: PlacedEvent) => void) | undefined,
  ): RunningExecution {
    // What a task starts while the cloud stops is judged by the next start, like all that ran.
    if (this.#isStopped) throw cloudStopping();
    const { environment, arns, log, tasks, onFault } = this.#settings;
    const say = log.writerOf(machine, arn, startedMs);
    const { clock, region } = environment;
    const running = new RunningExecution(
      { clock, region, tasks, onFault },
      {
        arn,
        machineArn: arns.machine(machine.name),
        name,
        machine,
        input: input.value,
        startedMs,
        write: [keep, say].filter((write) => write !== undefined),
        hasEventLimit: machine.type === 'STANDARD',
      },
    );
    this.#running.set(arn, running);
    return running;
  }

  /** The last events and the end are written together: what has ended has all of its history and its log. */
  #complete(
    running: RunningExecution,
    keep: (result: ExecutionResult) => void,
    ended = new AbortController(),
  ): void {
    const { environment, log, onFault } = this.#settings;
    const { arn } = running.start;
    const completed = running.finished
      .then((result) => {
        ended.abort();
        if (result === undefined) return;
        withoutSync(environment.database, () =>
          transaction(environment.database, () => {
            this.#newEvents.flush();
            log.flush();
            keep(result);
          }),
        );
      })
      .catch((fault: unknown) => onFault(fault, `writing the end of the execution ${arn}`))
      .finally(() => {
        this.#running.delete(arn);
        this.#completing.delete(arn);
      });
    this.#completing.set(arn, completed);
  }
}

/** About what an event takes in memory: its texts. */
function sizeOf({ details = {} }: PlacedEvent): number {
  let sizeBytes = 200;
  for (const value of Object.values(details)) if (typeof value === 'string') sizeBytes += value.length;
  return sizeBytes;
}
