import type { Machine } from '../definition/machine.ts';
import type { FieldsOf } from '../definition/state-fields.ts';
import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Branch, Iteration } from './branch.ts';
import { leave, type Step } from './data-flow.ts';
import type { ExecutionVisit } from './execution-visit.ts';
import { checkInputSize, isTerminal } from './failure.ts';

/** States that run inside a state: a branch of Parallel, an iteration of Map. */
export interface Line {
  readonly machine: Machine;
  readonly input: Json;
  readonly iteration?: Iteration;
}

/** Runs the lines as the work of a Parallel or Map state; the result is the list of their outputs. */
export async function leaveAfterLines(
  fields: FieldsOf<'Parallel' | 'Map'>,
  lines: readonly Line[],
  limit: number,
  visit: ExecutionVisit,
): Promise<Step> {
  const { branch } = visit;
  for (const { input } of lines) checkInputSize(input, visit.state.name);
  const outputs = await runLines(lines, limit, visit);
  const lastEventId = branch.previousEventId;
  branch.record(`${fields.Type}StateSucceeded`);
  const step = await leave(fields, outputs, visit);
  // Only a failure to leave follows the success; leaving itself follows what the last line did.
  branch.previousEventId = lastEventId;
  return step;
}

/**
 * Runs the lines, so many at once, and resolves to their outputs in order. The first failure cuts off all others: when this
 * rejects, none of them runs any more.
 */
async function runLines(lines: readonly Line[], limit: number, visit: ExecutionVisit): Promise<Json[]> {
  const { branch, execution } = visit;
  const cutOff = new AbortController();
  const signal = AbortSignal.any([branch.signal, cutOff.signal]);
  const outputs: Json[] = [];
  const waiting = lines.entries();
  let failure: { readonly thrown: unknown } | undefined;

  const openNext = (previousEventId: number) => {
    const { value, done } = waiting.next();
    if (done) return undefined;
    const [index, line] = value;
    const { iteration } = line;
    return { index, line, inner: branch.open({ previousEventId, signal, iteration }) };
  };
  const run = async (index: number, line: Line, inner: Branch) => {
    try {
      outputs[index] = await execution.runStates(line.machine, line.input, inner);
      if (failure === undefined) branch.close(inner);
    } catch (thrown) {
      if (failure === undefined) {
        failure = { thrown };
        branch.cutOffAll(inner, thrown instanceof StatesError && !isTerminal(thrown));
        cutOff.abort();
      }
      throw thrown;
    }
  };
  const runOneAfterTheOther = async (first: ReturnType<typeof openNext>) => {
    for (let next = first; next !== undefined; next = openNext(next.inner.previousEventId)) {
      await run(next.index, next.line, next.inner);
    }
  };

  const startedEventId = branch.previousEventId;
  const first = Array.from({ length: Math.min(limit, lines.length) }, () => openNext(startedEventId));
  await Promise.allSettled(first.map(runOneAfterTheOther));
  if (failure !== undefined) throw failure.thrown;
  return outputs;
}
