import type { Observation } from '@skyground/experiment';
import type { LoadSample } from '@skyground/load';
import { z } from 'zod';

export const phases = ['api test', 'load', 'burst', 'strategy', 'idle', 'keep-warm'] as const;

const count = z.int().nonnegative();
const ms = z.number();

/** One request. Times are epoch milliseconds of the client's clock; what the log says of its invocation is null where no line came. */
export const sampleSchema = z.strictObject({
  phase: z.enum(phases),
  arm: z.string().min(1),
  unit: z.string().min(1),
  /** Requests of the whole load that it is a part of; null in every other phase. */
  parts: count.nullable(),
  /** Through API Gateway, or by Invoke. */
  route: z.enum(['api', 'invoke']),
  isCompared: z.boolean(),
  intendedStart: z.enum(['cold', 'warm', 'either']),
  startedAtMs: ms,
  endedAtMs: ms,
  /** From sending to the end of the answer; null where it failed. */
  responseMs: ms.nonnegative().nullable(),
  outcome: z.enum(['succeeded', 'failed']),
  httpStatus: count.nullable(),
  error: z.string().nullable(),
  /** Of the Lambda invocation, by which its log lines are found. API Gateway has one of its own, which names none of them. */
  requestId: z.string().nullable(),
  /** By the REPORT line: cold with an Init Duration that was not provisioned ahead, warm without. */
  start: z.enum(['cold', 'warm', 'unknown']),
  initialisationType: z.string().nullable(),
  initMs: ms.nullable(),
  durationMs: ms.nullable(),
  billedMs: ms.nullable(),
  declaredMemoryMb: count,
  memorySizeMb: count.nullable(),
  maxMemoryUsedMb: count.nullable(),
  /** What the handler logs on an environment's first invocation: milliseconds since its process began. */
  nodeReadyMs: ms.nullable(),
  codeLoadedMs: ms.nullable(),
  initialisedMs: ms.nullable(),
  firstCallStartedMs: ms.nullable(),
  firstCallEndedMs: ms.nullable(),
  /** `accepted` or `rejected` where the bundle brings one. */
  compileCache: z.string().nullable(),
  /** Of the load and the bursts, 0-based. */
  user: count.nullable(),
  /** Users begun when it was sent. */
  users: count.nullable(),
  inFlight: count.nullable(),
  sentBytes: count,
  receivedBytes: count,
  /** As CloudWatch counts what it takes in. */
  logBytes: count.nullable(),
  /** The function's package. */
  bundleBytes: count,
  /** How long an environment was kept provisioned for it; null without. */
  provisionedMs: ms.nullable(),
  /** JSON of the request, its answer and its log lines; of the API test only. */
  exchange: z.string().nullable(),
  /** The same in every row, like the next two: what it ran on. */
  targetLabel: z.string().min(1),
  priceRegion: z.string().min(1),
  architecture: z.enum(['x86_64', 'arm64']),
});

export type Sample = Readonly<z.output<typeof sampleSchema>>;

export function observe(sample: Sample): Observation {
  const { arm, unit, parts, outcome, declaredMemoryMb, memorySizeMb } = sample;
  return {
    arm,
    unit,
    ...(parts === null ? {} : { partOf: { unit: loadUnit, parts } }),
    // A closed load: when a request is due depends on the answer before it.
    dueAtMs: null,
    startedAtMs: sample.startedAtMs,
    endedAtMs: sample.endedAtMs,
    durationMs: sample.responseMs,
    outcome,
    start: sample.start,
    intendedStart: sample.intendedStart,
    didWork: sample.receivedBytes > 0,
    variant:
      memorySizeMb === null ? null : { expected: `${declaredMemoryMb} MB`, actual: `${memorySizeMb} MB` },
    isCompared: sample.isCompared,
    payload: null,
  };
}

/** What the load is called in the plan, and its arm. */
export const loadUnit = 'load';

/** What requests are called in Locust's and JMeter's files. */
export const requestName = '/default/predict';

export function loadSample(sample: Sample): LoadSample | null {
  if (sample.route !== 'api') return null;
  return {
    sequence: 0,
    user: sample.user,
    method: 'POST',
    name: requestName,
    dueAtMs: sample.startedAtMs,
    status: sample.outcome === 'succeeded' ? 'ok' : 'failed',
    sentAtMs: sample.startedAtMs,
    firstByteAtMs: null,
    endedAtMs: sample.endedAtMs,
    responseCode: sample.httpStatus === null ? null : String(sample.httpStatus),
    error: sample.error,
    answerId: sample.requestId,
    sentBytes: sample.sentBytes,
    receivedBytes: sample.receivedBytes,
    inFlight: sample.inFlight ?? 1,
  };
}
