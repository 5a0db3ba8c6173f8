import type { FieldsOf } from '../definition/state-fields.ts';
import { effectiveInput, type Step } from '../interpreter/data-flow.ts';
import { leaveAfterLines } from '../interpreter/run-lines.ts';
import type { Visit } from '../interpreter/visit.ts';

/** Runs its branches at once on the same input; the result is the list of their outputs. */
export async function runParallel(fields: FieldsOf<'Parallel'>, visit: Visit): Promise<Step> {
  const { branch, state } = visit;
  const prepared = effectiveInput(fields, visit);
  const input = prepared instanceof Promise ? await prepared : prepared;
  branch.record('ParallelStateStarted');
  const lines = state.inner.map((machine) => ({ machine, input }));
  return leaveAfterLines(fields, lines, lines.length, visit);
}
