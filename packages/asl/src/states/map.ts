import type { FieldsOf } from '../definition/state-fields.ts';
import type { Step } from '../interpreter/data-flow.ts';
import type { ExecutionVisit } from '../interpreter/execution-visit.ts';
import { leaveAfterLines } from '../interpreter/run-lines.ts';
import { iterationsOf, planMap } from './map-plan.ts';

/** AWS's limit for inline Map; also what MaxConcurrency 0 means. */
const MAX_CONCURRENT_ITERATIONS = 40;

/** Runs its processor once for each item; the result is the list of the outputs in the order of the items. */
export async function runMap(fields: FieldsOf<'Map'>, visit: ExecutionVisit): Promise<Step> {
  const planned = planMap(fields, visit);
  const plan = planned instanceof Promise ? await planned : planned;
  visit.branch.record('MapStateStarted', 'mapStateStartedEventDetails', { length: plan.items.length });
  const lines = await iterationsOf(plan, visit);
  const limit = Math.min(plan.maxConcurrency || MAX_CONCURRENT_ITERATIONS, MAX_CONCURRENT_ITERATIONS);
  return leaveAfterLines(fields, lines, limit, visit);
}
