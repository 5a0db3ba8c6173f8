import type { Variables } from '../expressions/scope.ts';
import type { Json, JsonObject } from '../json.ts';
import type { HistoryEvent, HistoryRecorder } from './history.ts';
import type { LineData } from './visit.ts';

/** The types of state that history can call aborted; the others are done as soon as they are entered. */
export type OpenState = 'Task' | 'Wait' | 'Map' | 'Parallel';

interface Place {
  /** The event that the first one of this line follows, 0 at the beginning of the execution. */
  readonly previousEventId: number;
  readonly signal: AbortSignal;
  /** Where the line is an iteration of Map. */
  readonly iteration?: Iteration | undefined;
}

export interface Iteration {
  /** The Map state. */
  readonly name: string;
  readonly index: number;
  readonly item: Json;
}

/**
 * One line of states that follow each other: the execution itself, a branch of Parallel, an iteration of Map. It knows its
 * variables, its place in history, and what to tell history when it is cut off.
 */
export class Branch implements LineData {
  previousEventId: number;
  /** Own and outer variables. A line inside starts with those of the outer one, which cannot change meanwhile. */
  variables: Variables;
  readonly signal: AbortSignal;
  readonly mapContext: JsonObject | undefined;
  /** The state that was entered and not left yet. */
  openState: OpenState | undefined = undefined;
  readonly #recorder: HistoryRecorder;
  readonly #iteration: Iteration | undefined;
  readonly #running = new Set<Branch>();
  #isCutOff = false;

  constructor(recorder: HistoryRecorder, place: Place, outer?: Branch) {
    const { iteration } = place;
    this.#recorder = recorder;
    this.#iteration = iteration;
    this.previousEventId = place.previousEventId;
    this.signal = place.signal;
    this.variables = outer?.variables ?? {};
    // A line that was cut off may still come to open others before it hears of it.
    if (outer) this.#isCutOff = outer.#isCutOff;
    this.mapContext = iteration ? mapContext(iteration) : outer?.mapContext;
  }

  /** An event that the next one follows. */
  record(type: string, detailsKey?: string, details?: JsonObject): void {
    this.previousEventId = this.recordAside(type, detailsKey, details);
  }

  /** An event that the next one does not follow, as AWS links the ends of iterations and branches. Gives its id. */
  recordAside(type: string, detailsKey?: string, details?: JsonObject): number {
    if (this.#isCutOff) return this.previousEventId;
    const event: HistoryEvent =
      detailsKey === undefined || details === undefined ? { type } : { type, detailsKey, details };
    return this.#recorder.record(this.previousEventId, event);
  }

  /** Begins a line inside this one. */
  open(place: Place): Branch {
    const inner = new Branch(this.#recorder, place, this);
    this.#running.add(inner);
    if (inner.#iteration) inner.previousEventId = inner.#tellIteration('Started', inner);
    return inner;
  }

  /** A line inside came to its end; what this line does next follows that. */
  close(inner: Branch): void {
    this.#running.delete(inner);
    this.previousEventId = inner.#iteration
      ? inner.#tellIteration('Succeeded', inner)
      : inner.previousEventId;
  }

  /**
   * A line inside failed: it and its neighbours are cut off. Where the failure is told, history names every iteration and state
   * that was not left, in order, outer before inner, all of them following the failure itself.
   */
  cutOffAll(failed: Branch, isTold: boolean): void {
    this.previousEventId = failed.previousEventId;
    for (const inner of this.#running) {
      inner.#cutOff(inner === failed ? 'Failed' : 'Aborted', isTold ? this : undefined);
    }
    this.#running.clear();
  }

  #cutOff(end: 'Failed' | 'Aborted', teller: Branch | undefined): void {
    this.#isCutOff = true;
    if (teller) {
      if (this.#iteration) this.#tellIteration(end, teller);
      if (this.openState) teller.recordAside(`${this.openState}StateAborted`);
    }
    for (const inner of this.#running) inner.#cutOff('Aborted', teller);
    this.#running.clear();
  }

  #tellIteration(what: 'Started' | 'Succeeded' | 'Failed' | 'Aborted', teller: Branch): number {
    const { name = '', index = 0 } = this.#iteration ?? {};
    return teller.recordAside(`MapIteration${what}`, `mapIteration${what}EventDetails`, { name, index });
  }
}

export function mapContext({ index, item }: Iteration): JsonObject {
  return { Item: { Index: index, Value: item } };
}
