import type { Machine, State } from '../definition/machine.ts';
import type { JsonataScope, PathScope } from '../expressions/scope.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Branch } from './branch.ts';
import type { RunOptions } from './run-options.ts';

/** What the states of one execution share. */
export interface Execution extends RunOptions {
  /** Runs the states of a machine to their end, for Parallel and Map; resolves to the output of the last. */
  runStates(machine: Machine, input: Json, branch: Branch): Promise<Json>;
}

/** One time that a line of the execution comes to a state: entered, tried once or more, left. */
export class Visit {
  readonly execution: Execution;
  readonly state: State;
  readonly branch: Branch;
  /** As it came from the state before. */
  readonly input: Json;
  /** Attempts before this one. */
  retryCount = 0;
  /** The event that AWS names in the cause of a failure. */
  readonly enteredEventId: number;
  /** The event before the state was entered. */
  readonly eventIdBefore: number;
  readonly #enteredTimeMs: number;
  #context: JsonObject | undefined;

  constructor(execution: Execution, state: State, branch: Branch, input: Json, inputText: string) {
    this.execution = execution;
    this.state = state;
    this.branch = branch;
    this.input = input;
    this.eventIdBefore = branch.previousEventId;
    this.#enteredTimeMs = execution.clock.now();
    branch.record(`${state.fields.Type}StateEntered`, 'stateEnteredEventDetails', {
      name: state.name,
      input: inputText,
      inputDetails: NOT_TRUNCATED,
    });
    this.enteredEventId = branch.previousEventId;
  }

  /** The context object, made when something reads it. */
  get context(): JsonObject {
    this.#context ??= {
      ...this.execution.context,
      State: {
        Name: this.state.name,
        EnteredTime: new Date(this.#enteredTimeMs).toISOString(),
        ...('Retry' in this.state.fields && { RetryCount: this.retryCount }),
      },
      ...(this.branch.mapContext && { Map: this.branch.mapContext }),
    };
    return this.#context;
  }

  beginRetry(): void {
    this.retryCount += 1;
    this.#context = undefined;
  }

  /** What paths read: `$` is the given value. */
  paths(input: Json): PathScope {
    const readContext = () => this.context;
    return {
      input,
      get context() {
        return readContext();
      },
      variables: this.branch.variables,
    };
  }

  /** What JSONata reads: `$states.input` is the state's input as it came. */
  jsonata(more?: { readonly result: Json } | { readonly errorOutput: Json }): JsonataScope {
    return {
      states: { input: this.input, context: this.context, ...more },
      variables: this.branch.variables,
      nowMs: this.execution.clock.now(),
    };
  }
}

export const NOT_TRUNCATED = { truncated: false };
