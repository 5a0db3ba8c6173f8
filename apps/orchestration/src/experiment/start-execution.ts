import { SFNServiceException, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { sweepInput } from '../workflows/sweep-input.ts';
import type { Place } from './place.ts';
import type { Point } from './points.ts';

/** An execution that began, or the words with which it was refused. */
export type Started =
  | { readonly kind: 'started'; readonly executionArn: string }
  | { readonly kind: 'refused'; readonly reason: string };

const answerSchema = z.strictObject({ message: z.string(), execution_arn: z.string().min(1) });

/** Longer than any trigger may take, with the way there and back. */
const answerWithinMs = 30_000;

/** The lab's executions begin as the lab says, by a POST to its API; those of the sweeps directly. */
export function startExecution(place: Place, point: Point, signal: AbortSignal): Promise<Started> {
  return point.part === 'lab'
    ? throughTheApi(place.apiUrl, point.path, signal)
    : directly(place, point, signal);
}

async function throughTheApi(url: string, path: Point['path'], signal: AbortSignal): Promise<Started> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_type: path }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    const text = await response.text();
    const answer = response.status === 202 ? answerSchema.safeParse(jsonOf(text)) : undefined;
    return answer?.success === true
      ? { kind: 'started', executionArn: answer.data.execution_arn }
      : {
          kind: 'refused',
          reason: `expected 202 with execution_arn from POST ${url}, got ${response.status}: ${text.slice(0, 300)}`,
        };
  } catch (error) {
    signal.throwIfAborted();
    // Nobody there is the end of the run, which can be resumed; an answer that does not come is a failure of the API.
    if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
    return { kind: 'refused', reason: `POST ${url} was not answered within ${answerWithinMs / 1000} s` };
  }
}

async function directly(
  place: Place,
  { path, size, workMs, payloadBytes, workflowType }: Point,
  signal: AbortSignal,
): Promise<Started> {
  const command = new StartExecutionCommand({
    stateMachineArn: place.sweepMachineArns[workflowType],
    input: sweepInput({ path, size, workMs, payloadBytes }),
  });
  try {
    const { executionArn } = await place.clients.sfn.send(command, { abortSignal: signal });
    return executionArn === undefined
      ? { kind: 'refused', reason: 'StartExecution was answered without an ARN' }
      : { kind: 'started', executionArn };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SFNServiceException)) throw error;
    return { kind: 'refused', reason: `StartExecution: ${error.name}: ${error.message}` };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
