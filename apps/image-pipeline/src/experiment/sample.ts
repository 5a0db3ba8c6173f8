import type { Observation } from '@skyground/experiment';
import { z } from 'zod';
import { functionNames } from './function-runs.ts';
import { modes } from './modes.ts';
import { customScenario, scenarioIds } from './scenarios.ts';

const count = z.int().nonnegative();
const ms = z.number().nonnegative();
const sha256 = z.string().regex(/^[\da-f]{64}$/);

/** One run of the workflow. Times are epoch milliseconds; null where nothing was recorded. */
export const sampleSchema = z.strictObject({
  mode: z.enum(modes),
  /** `uniform#3`, `uniform, cold#1`; names outside the plan for what is not compared. */
  unit: z.string().min(1),
  /** `cold again`: a warm run in which an environment had to start, so its unit was measured once more. */
  phase: z.enum(['warm-up', 'measured', 'cold again']),
  intendedStart: z.enum(['cold', 'warm']),
  scenario: z.enum([...scenarioIds, customScenario]),
  /** As injected: scaled. */
  thumbnailDelayMs: count,
  transformDelayMs: count,
  filtersDelayMs: count,
  contourDelayMs: count,
  timeScale: z.number().positive(),
  imageSize: z.string(),
  passing: z.enum(['key', 'inline']),
  session: z.string().min(1),
  outcome: z.enum(['succeeded', 'failed', 'timed out']),
  error: z.string().nullable(),
  /** When the client began to ask for the run. */
  startedAtMs: z.number(),
  /** When the complete result was recorded: the workflow's result item, or the end of the execution. */
  endedAtMs: z.number(),
  endToEndMs: ms.nullable(),
  /** When the Publisher had published what there was so far; in runs that publish once, the complete result. */
  firstPublishAtMs: z.number().nullable(),
  /** When the Publisher had published the complete result. */
  finalPublishAtMs: z.number().nullable(),
  /** The mode that the functions themselves recorded; several where they disagree. */
  recordedMode: z.string().nullable(),
  /** The branch that started the Publisher, as the Publisher recorded it; of Step Functions the last one to end. */
  invokedBy: z.string().nullable(),
  /** Inputs that were there when the Publisher began, of four. */
  preResolved: count.nullable(),
  /** For how long the Publisher was billed while it waited for inputs. */
  billedWaitMs: ms.nullable(),
  manifestSha256: sha256.nullable(),
  contactSheetSha256: sha256.nullable(),
  /** Of the six functions, those whose environment had to start; null where a REPORT line is missing. */
  coldFunctions: count.max(functionNames.length).nullable(),
  storeReads: count,
  storeWrites: count,
  s3Puts: count,
  s3Gets: count,
  transitions: count,
  logBytes: count,
  /** What each function did, in one line of JSON: see function-runs.ts. */
  functions: z.string(),
  /** How long the Publisher waited for each input, in one line of JSON: see input-waits.ts. */
  inputs: z.string(),
  /** The same in every row of a run, like the next two. */
  targetLabel: z.string().min(1),
  priceRegion: z.string().min(1),
  architecture: z.enum(['x86_64', 'arm64']),
});

export type Sample = Readonly<z.output<typeof sampleSchema>>;

/** In the plan, and ended well: what figures are of. */
export function isCompared({ phase, outcome }: Sample): boolean {
  return phase === 'measured' && outcome === 'succeeded';
}

export function observe(sample: Sample): Observation {
  const { mode, unit, phase, intendedStart, outcome, startedAtMs, endedAtMs, endToEndMs } = sample;
  return {
    arm: mode,
    unit,
    dueAtMs: null,
    startedAtMs,
    endedAtMs,
    durationMs: endToEndMs,
    outcome,
    start: startOf(sample),
    intendedStart,
    didWork: sample.manifestSha256 !== null && sample.contactSheetSha256 !== null,
    variant:
      outcome === 'succeeded' ? { expected: mode, actual: sample.recordedMode ?? 'none recorded' } : null,
    isCompared: phase === 'measured',
    payload: null,
  };
}

/** Cold where a run was meant to be and all six functions were; a warm run is one in which none was. */
function startOf({ intendedStart, coldFunctions }: Sample): Observation['start'] {
  if (coldFunctions === null) return 'unknown';
  if (intendedStart === 'cold') return coldFunctions === functionNames.length ? 'cold' : 'warm';
  return coldFunctions > 0 ? 'cold' : 'warm';
}
