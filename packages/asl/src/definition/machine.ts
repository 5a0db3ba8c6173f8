import type { StateFields } from './state-fields.ts';

/** States that run from startAt to an end: the whole definition, a branch of Parallel, or what Map runs for each item. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface State {
  readonly name: string;
  /** As in the definition, with the query language that holds. */
  readonly fields: StateFields;
  /** The branches of Parallel, the one processor of Map; none for others. */
  readonly inner: readonly Machine[];
}
