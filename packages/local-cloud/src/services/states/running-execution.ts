import { randomUUID } from 'node:crypto';
import {
  type ExecutionResult,
  type HistoryEvent,
  type Json,
  parseDefinition,
  type Randomness,
  runMachine,
  type TaskRunner,
} from '@skyground/asl';
import type { Clock } from '../../clock.ts';
import { ExecutionHistory, type HistorySettings } from './execution-history.ts';
import type { StateMachine } from './state-machines.ts';

export interface ExecutionStart {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly input: Json;
  readonly startedMs: number;
  /** Where its events go. */
  readonly write: HistorySettings['write'];
  readonly hasEventLimit: boolean;
}

export interface ExecutionHost {
  readonly clock: Clock;
  readonly region: string;
  readonly tasks: TaskRunner;
  readonly onFault: (fault: unknown, doing: string) => void;
}

/** An end that the machine did not come to by itself. */
export type OutsideEnd = Exclude<ExecutionResult, { status: 'SUCCEEDED' }>;

const randomness: Randomness = { random: () => Math.random(), uuid: () => randomUUID() };

/**
 * One execution from its start to its end, in memory. It ends by itself, by `end` (stopped, out of time, too many events), or is
 * interrupted with the cloud, which leaves it for the next start to judge.
 */
export class RunningExecution {
  readonly start: ExecutionStart;
  /** Undefined if it was interrupted. Never rejects. */
  readonly finished: Promise<ExecutionResult | undefined>;
  readonly #host: ExecutionHost;
  readonly #history: ExecutionHistory;
  readonly #controller = new AbortController();
  #outsideEnd: OutsideEnd | undefined;

  constructor(host: ExecutionHost, start: ExecutionStart) {
    this.start = start;
    this.#host = host;
    this.#history = new ExecutionHistory({
      clock: host.clock,
      write: start.write,
      onFull: start.hasEventLimit ? () => this.#endFull() : undefined,
    });
    this.finished = this.#run();
  }

  /** The event is the last in its history. Of no effect on what has ended. */
  end(result: OutsideEnd, event: HistoryEvent, previousEventId?: number): void {
    if (this.#controller.signal.aborted) return;
    this.#outsideEnd = result;
    this.#history.close(event, previousEventId);
    this.#controller.abort(new Error(`The execution ${this.start.arn} was ended: ${result.status}.`));
  }

  interrupt(): void {
    this.#history.close();
    this.#controller.abort(new Error(`The execution ${this.start.arn} ended with the local cloud.`));
  }

  #endFull(): void {
    const error = 'States.Runtime';
    const cause = 'The execution reached the maximum number of history events (25000).';
    this.end(
      { status: 'FAILED', error, cause },
      { type: 'ExecutionFailed', detailsKey: 'executionFailedEventDetails', details: { error, cause } },
    );
  }

  async #run(): Promise<ExecutionResult | undefined> {
    const { signal } = this.#controller;
    try {
      const result = await this.#runMachine(signal);
      return signal.aborted ? this.#outsideEnd : result;
    } catch (fault) {
      if (signal.aborted) return this.#outsideEnd;
      return this.#endFaulty(fault);
    } finally {
      this.#history.close();
    }
  }

  #runMachine(signal: AbortSignal): Promise<ExecutionResult> {
    const { arn, machineArn, name, machine, input, startedMs } = this.start;
    const parsed = parseDefinition(machine.definition);
    if (!parsed.ok) throw new Error(`The definition of ${machineArn} was taken and cannot be read any more.`);
    return runMachine({
      definition: parsed.definition,
      input,
      context: {
        Execution: {
          Id: arn,
          Input: input,
          Name: name,
          RoleArn: machine.roleArn,
          StartTime: new Date(startedMs).toISOString(),
          RedriveCount: 0,
        },
        StateMachine: { Id: machineArn, Name: machine.name },
      },
      tasks: this.#host.tasks,
      clock: this.#host.clock,
      randomness,
      history: this.#history,
      roleArn: machine.roleArn,
      region: this.#host.region,
      signal,
    });
  }

  /** A fault of ours ends the execution and says so. */
  #endFaulty(fault: unknown): ExecutionResult {
    this.#host.onFault(fault, `the execution ${this.start.arn}`);
    const error = 'Skyground.InternalError';
    const cause = `The embedded cloud itself failed: ${fault instanceof Error ? fault.message : String(fault)}`;
    this.#history.close({
      type: 'ExecutionFailed',
      detailsKey: 'executionFailedEventDetails',
      details: { error, cause },
    });
    return { status: 'FAILED', error, cause };
  }
}
