import type { Machine, State } from '../definition/machine.ts';
import type { Json } from '../json.ts';
import type { Branch } from './branch.ts';
import type { RunOptions } from './run-options.ts';
import { Visit } from './visit.ts';

/** What the states of one execution share. */
export interface Execution extends RunOptions {
  /** Runs the states of a machine to their end, for Parallel and Map; resolves to the output of the last. */
  runStates(machine: Machine, input: Json, branch: Branch): Promise<Json>;
}

/** One time that a line of the execution comes to a state: entered, tried once or more, left; history is told of all. */
export class ExecutionVisit extends Visit {
  readonly execution: Execution;
  readonly branch: Branch;
  /** The event before the state was entered. */
  readonly eventIdBefore: number;

  constructor(execution: Execution, state: State, branch: Branch, input: Json, inputText: string) {
    super(execution, state, branch, input);
    this.execution = execution;
    this.branch = branch;
    this.eventIdBefore = branch.previousEventId;
    branch.record(`${state.fields.Type}StateEntered`, 'stateEnteredEventDetails', {
      name: state.name,
      input: inputText,
      inputDetails: NOT_TRUNCATED,
    });
    this.enteredEventId = branch.previousEventId;
  }
}

export const NOT_TRUNCATED = { truncated: false };
