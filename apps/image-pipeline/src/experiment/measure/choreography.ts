import type { Json } from '@skyground/asl';
import { awaitResult, type Mode, startWorkflow } from '@skyground/choreography';
import type { MeasuredRun } from './measured-run.ts';
import type { Place } from './place.ts';

/** Asking is work for the machine that it is measured on; the end is stamped by the function that ended it, not by who asks. */
const pollIntervalMs = 100;

export async function runChoreography(
  { workflow }: Place,
  input: Json,
  about: {
    readonly mode: Mode;
    readonly session: string;
    readonly startedAtMs: number;
    readonly signal: AbortSignal;
  },
): Promise<MeasuredRun> {
  const { mode, session, startedAtMs, signal } = about;
  await startWorkflow(workflow, input, { mode, session, collectsGarbage: true, signal });
  const result = await awaitResult(workflow, session, { signal, pollIntervalMs });
  const hasSucceeded = result.status === 'SUCCEEDED';
  return {
    ...{ mode, session, startedAtMs, endedAtMs: result.completedAtMs, transitions: 0, requestIds: [] },
    outcome: hasSucceeded ? 'succeeded' : 'failed',
    error: hasSucceeded ? null : [result.error, result.cause].filter(Boolean).join(': '),
  };
}
