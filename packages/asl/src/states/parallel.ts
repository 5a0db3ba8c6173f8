import type { FieldsOf } from '../definition/state-fields.ts';
import { effectiveInput, type Step } from '../interpreter/data-flow.ts';
import type { ExecutionVisit } from '../interpreter/execution-visit.ts';
import { leaveAfterLines } from '../interpreter/run-lines.ts';

/** Runs its branches at once on the same input; the result is the list of their outputs. */
export async function runParallel(fields: FieldsOf<'Parallel'>, visit: ExecutionVisit): Promise<Step> {
  const { branch, state } = visit;
  const prepared = effectiveInput(fields, visit);
  const input = prepared instanceof Promise ? await prepared : prepared;
  branch.record('ParallelStateStarted');
  const lines = state.inner.map((machine) => ({ machine, input }));
  return leaveAfterLines(fields, lines, lines.length, visit);
}
