import type { PlannedRun } from '../plan-order.ts';
import type { MeasuredRun } from './measured-run.ts';
import type { Context, Place } from './place.ts';
import { runWorkflow } from './run-workflow.ts';

export interface MeasuredUnit {
  readonly planned: PlannedRun;
  readonly run: MeasuredRun;
}

/** One after the other: two at a time would load each other. */
export async function measureUnits(
  { signal }: Context,
  place: Place,
  planned: readonly PlannedRun[],
): Promise<readonly MeasuredUnit[]> {
  const measured: MeasuredUnit[] = [];
  for (const one of planned) {
    signal.throwIfAborted();
    const run = await runWorkflow(place, { ...one, session: crypto.randomUUID() }, signal);
    measured.push({ planned: one, run });
  }
  return measured;
}
