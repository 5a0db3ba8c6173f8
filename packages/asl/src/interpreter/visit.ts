import type { Clock } from '../clock.ts';
import type { State } from '../definition/machine.ts';
import type { JsonataScope, PathScope, Randomness, ReadGuard, Variables } from '../expressions/scope.ts';
import type { Json, JsonObject } from '../json.ts';

/** What expressions read of the execution around them. */
export interface Surroundings {
  /** The context object's `Execution` and `StateMachine`; `State`, `Map` and `Task` are the interpreter's. */
  readonly context: JsonObject;
  readonly clock: Pick<Clock, 'now'>;
  readonly randomness: Randomness;
  /** Only where some data is not there yet. */
  readonly guard?: ReadGuard | undefined;
}

/** What expressions read of the line of states that the visit belongs to. */
export interface LineData {
  readonly variables: Variables;
  /** The context object's `Map`: that of the innermost iteration around the line. */
  readonly mapContext: JsonObject | undefined;
}

/**
 * One time that a line comes to a state, as its data flow sees it: whether runMachine runs the state or a runtime without an
 * orchestrator steps over it.
 */
export class Visit {
  readonly surroundings: Surroundings;
  readonly state: State;
  readonly line: LineData;
  /** As it came from the state before. */
  readonly input: Json;
  /** Attempts before this one. */
  retryCount: number;
  /** The event that AWS names in the cause of a failure; 0 where no history is kept. */
  enteredEventId = 0;
  readonly #enteredTimeMs: number;
  #context: JsonObject | undefined;

  constructor(surroundings: Surroundings, state: State, line: LineData, input: Json, retryCount = 0) {
    this.surroundings = surroundings;
    this.state = state;
    this.line = line;
    this.input = input;
    this.retryCount = retryCount;
    this.#enteredTimeMs = surroundings.clock.now();
  }

  get randomness(): Randomness {
    return this.surroundings.randomness;
  }

  /** The context object, made when something reads it. */
  get context(): JsonObject {
    this.#context ??= {
      ...this.surroundings.context,
      State: {
        Name: this.state.name,
        EnteredTime: new Date(this.#enteredTimeMs).toISOString(),
        ...('Retry' in this.state.fields && { RetryCount: this.retryCount }),
      },
      ...(this.line.mapContext && { Map: this.line.mapContext }),
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
      variables: this.line.variables,
      guard: this.surroundings.guard,
    };
  }

  /** What JSONata reads: `$states.input` is the state's input as it came. */
  jsonata(more?: { readonly result: Json } | { readonly errorOutput: Json }): JsonataScope {
    return {
      states: { input: this.input, context: this.context, ...more },
      variables: this.line.variables,
      nowMs: this.surroundings.clock.now(),
      guard: this.surroundings.guard,
    };
  }
}
