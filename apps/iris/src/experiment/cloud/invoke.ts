import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Clock } from '@skyground/experiment';
import { z } from 'zod';
import { type Call, requestBody } from '../call.ts';

/** What API Gateway would send, as far as the handler reads it. */
const payload = Buffer.from(JSON.stringify({ body: requestBody }));

const answerSchema = z.object({ statusCode: z.int(), body: z.string() });

/** Invokes a function once and waits for its answer. A refusal is a failed call; only a stop is thrown. */
export async function invoke(
  lambda: LambdaClient,
  functionName: string,
  {
    clock,
    signal,
    version,
  }: { readonly clock: Clock; readonly signal: AbortSignal; readonly version?: string },
): Promise<Call> {
  const command = new InvokeCommand({
    FunctionName: functionName,
    Payload: payload,
    ...(version === undefined ? {} : { Qualifier: version }),
  });
  const call = { route: 'invoke', user: null, users: null, inFlight: 1, sentBytes: payload.length } as const;
  const startedAtMs = clock.nowMs();
  try {
    const answer = await lambda.send(command, { abortSignal: signal });
    const endedAtMs = clock.nowMs();
    const text = Buffer.from(answer.Payload ?? []).toString();
    const answered = answerSchema.safeParse(jsonOf(text)).data;
    const error =
      answer.FunctionError !== undefined || answered?.statusCode !== 200
        ? `expected status 200, got ${text.slice(0, 300)}`
        : null;
    return {
      ...call,
      startedAtMs,
      endedAtMs,
      responseMs: error === null ? endedAtMs - startedAtMs : null,
      outcome: error === null ? 'succeeded' : 'failed',
      httpStatus: answered?.statusCode ?? null,
      error,
      requestId: answer.$metadata.requestId ?? null,
      receivedBytes: answer.Payload?.length ?? 0,
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      ...call,
      startedAtMs,
      endedAtMs: clock.nowMs(),
      responseMs: null,
      outcome: 'failed',
      httpStatus: null,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      requestId: null,
      receivedBytes: 0,
    };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
