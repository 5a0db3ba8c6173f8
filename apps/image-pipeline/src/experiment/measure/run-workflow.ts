import type { Json } from '@skyground/asl';
import type { WorkflowInput } from '../../wire/workflow-input.ts';
import type { Mode } from '../modes.ts';
import type { Scenario } from '../scenarios.ts';
import { scaledDelays } from '../scenarios.ts';
import { runChoreography } from './choreography.ts';
import type { MeasuredRun } from './measured-run.ts';
import type { Place } from './place.ts';
import { runStepFunctions } from './step-functions.ts';

/** Longer than the longest function may take after the longest delay, several times over. */
const patienceMs = 180_000;

/** One run of the workflow from its start to its complete result. A failure is what it gives, too; only a stop is thrown. */
export async function runWorkflow(
  place: Place,
  { mode, scenario, session }: { readonly mode: Mode; readonly scenario: Scenario; readonly session: string },
  signal: AbortSignal,
): Promise<MeasuredRun> {
  const { image, shared } = place;
  const input: WorkflowInput & Json = {
    session,
    image: { ...image },
    passing: shared.passing,
    delays: { ...scaledDelays(scenario, shared.timeScale) },
  };
  const patience = AbortSignal.timeout(patienceMs);
  // The other end is stamped by another process: both by the wall clock.
  const startedAtMs = Date.now();
  const within = AbortSignal.any([signal, patience]);
  try {
    return mode === 'STEP_FUNCTIONS'
      ? await runStepFunctions(place, input, { session, startedAtMs, signal: within })
      : await runChoreography(place, input, { mode, session, startedAtMs, signal: within });
  } catch (error) {
    signal.throwIfAborted();
    return {
      ...{ mode, session, startedAtMs, endedAtMs: Date.now(), transitions: 0, requestIds: [] },
      outcome: patience.aborted ? 'timed out' : 'failed',
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}
