import type { Observation } from '@skyground/experiment';
import { z } from 'zod';
import { executionFigures } from './execution-figures.ts';
import { sweeps } from './points.ts';

/** One execution. */
export const sampleSchema = z.strictObject({
  arm: z.string().min(1),
  /** `execution#3`, `20 branches#3`; names outside the plan for what is not compared. */
  unit: z.string().min(1),
  /** `cold again`: an environment had to start in it, so its unit was measured once more. */
  phase: z.enum(['warm-up', 'measured', 'cold again']),
  part: z.enum(['lab', ...sweeps]),
  workflowType: z.enum(['STANDARD', 'EXPRESS']),
  path: z.enum(['CHAIN', 'PARALLEL']),
  /** Tasks of the chain, or branches of the Parallel. */
  size: z.int().positive(),
  /** How long each task was told to wait. */
  workMs: z.number().nonnegative(),
  payloadBytes: z.int().nonnegative(),
  /** SUCCEEDED, FAILED, TIMED_OUT, ABORTED; NOT_STARTED where the API or StartExecution refused, NOT_ENDED where nothing was heard. */
  status: z.string().min(1),
  error: z.string().nullable(),
  executionArn: z.string().nullable(),
  /** Of the first and the last event, by the clock of Step Functions; by this machine's where there is no history. */
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  /** Invocations of the probe that were the first of their environment, as it says itself. */
  coldEnvironments: z.int().nonnegative(),
  /** Of the probe's invocations, from their REPORT lines; null where a line is missing. */
  probeBilledMs: z.number().nonnegative().nullable(),
  probeInvocations: z.int().nonnegative(),
  probeMemoryMb: z.int().positive(),
  /** What the functions logged for it, and Step Functions of an Express execution, as CloudWatch counts it. */
  logBytes: z.int().nonnegative(),
  /** Of the trigger, whose REPORT lines do not name an execution: of all executions that were recorded together, on the first one. */
  triggerBilledMs: z.number().nonnegative(),
  triggerInvocations: z.int().nonnegative(),
  triggerMemoryMb: z.int().positive(),
  /** The same in every row of a run, like the next one. */
  targetLabel: z.string().min(1),
  architecture: z.enum(['x86_64', 'arm64']),
  /** The history, in one line of JSON: see events-cell.ts. */
  events: z.string(),
});

export type Sample = Readonly<z.output<typeof sampleSchema>>;

/** Two clocks read a wait a millisecond apart. */
const timerMs = 1;

/** Succeeded, in the plan, and no environment had to start for it. */
export function isCompared({ phase, status, coldEnvironments }: Sample): boolean {
  return phase === 'measured' && status === 'SUCCEEDED' && coldEnvironments === 0;
}

export function observe(sample: Sample): Observation {
  const { arm, unit, phase, status, startedAtMs, endedAtMs, coldEnvironments } = sample;
  const { workflowType, path, size } = sample;
  const figures = executionFigures(sample);
  const hasSucceeded = status === 'SUCCEEDED' && figures.kind === 'complete';
  return {
    arm,
    unit,
    dueAtMs: null,
    startedAtMs,
    endedAtMs,
    durationMs: hasSucceeded ? figures.figures.durationMs : null,
    outcome: hasSucceeded
      ? 'succeeded'
      : status === 'TIMED_OUT' || status === 'NOT_ENDED'
        ? 'timed out'
        : 'failed',
    start: coldEnvironments > 0 ? 'cold' : 'warm',
    didWork: hasSucceeded && figures.figures.waitedMs >= sample.workMs - timerMs,
    variant: hasSucceeded
      ? {
          expected: `${workflowType} ${path} of ${size}`,
          actual: `${typeOf(sample)} ${figures.figures.path} of ${figures.figures.tasks}`,
        }
      : null,
    isCompared: phase === 'measured' && (coldEnvironments === 0 || !hasSucceeded),
    payload: null,
  };
}

/** Which type of machine ran it, by what Step Functions called the execution. */
function typeOf({ executionArn }: Sample): Sample['workflowType'] {
  return executionArn?.split(':')[5] === 'express' ? 'EXPRESS' : 'STANDARD';
}
