import { chainPath, parallelPath } from './paths.ts';

/** What Step Functions takes as the data of a state, in bytes of UTF-8: input, output, and a task's result before anything is picked. */
const STATE_DATA_LIMIT_BYTES = 262_144;
/**
 * What a task's result holds beside the payload: the metadata of `lambda:invoke` (the HTTP headers twice) and the probe's other
 * members. 1,060 bytes were measured on the embedded cloud, which writes the members that AWS was recorded to write. On AWS the
 * trace header, which is there twice, may be 50 characters longer, and the digits of a time vary.
 */
const RESULT_ENVELOPE_BYTES = 1_200;

/** The longest payload of ASCII letters that passes through every task: with a longer one States.DataLimitExceeded ends the execution. */
export const largestPayloadBytes = STATE_DATA_LIMIT_BYTES - RESULT_ENVELOPE_BYTES;

/** One execution of a sweep's machine. */
export interface SweepInput {
  readonly path: 'CHAIN' | 'PARALLEL';
  /** Tasks of the chain, or branches of the Parallel; one that the machine was made for. */
  readonly size: number;
  /** How long each probe waits. */
  readonly workMs: number;
  /** Of the text that travels through the tasks. */
  readonly payloadBytes: number;
}

/** The input of an execution as StartExecution takes it. */
export function sweepInput({ path, size, workMs, payloadBytes }: SweepInput): string {
  return JSON.stringify({
    path: path === 'CHAIN' ? chainPath(size) : parallelPath(size),
    work_ms: workMs,
    payload: 'x'.repeat(payloadBytes),
    // No step came before.
    last_step_time: null,
  });
}
