import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Reply, SenderContext } from './sender.ts';
import type { AwsSettings } from './settings.ts';

/** The part of an SDK client's configuration that both AWS senders share. One attempt: a retry would hide a failure. */
export function clientConfiguration({ region, endpoint, credentials }: AwsSettings, context: SenderContext) {
  const connections = { keepAlive: true, maxSockets: context.maxInFlight };
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent(connections),
      httpsAgent: new HttpsAgent(connections),
      socketAcquisitionWarningTimeout: context.requestTimeoutMs,
    }),
  };
}

/** What a call that was answered says of itself. */
export interface Answer {
  readonly statusCode: number | undefined;
  /** null: it succeeded. */
  readonly error: string | null;
  readonly receivedBytes: number;
}

/**
 * Times one SDK call. `call` is handed the signal that ends it and `onHead`, to be called when the head of the answer is
 * there.
 */
export async function timedCall(
  context: SenderContext,
  sentBytes: number,
  signal: AbortSignal,
  call: (signal: AbortSignal, onHead: () => void) => Promise<Answer>,
): Promise<Reply> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), context.requestTimeoutMs);
  let firstByteAtMs: number | null = null;
  const onHead = (): void => {
    firstByteAtMs = context.nowMs();
  };
  try {
    const answer = await call(AbortSignal.any([signal, timeout.signal]), onHead);
    const endedAtMs = context.nowMs();
    const responseCode = answer.statusCode === undefined ? null : String(answer.statusCode);
    return {
      firstByteAtMs,
      endedAtMs,
      responseCode,
      error: answer.error,
      sentBytes,
      receivedBytes: answer.receivedBytes,
      answerId: null,
    };
  } catch (error) {
    const endedAtMs = context.nowMs();
    const reason = signal.aborted
      ? 'stopped before its end'
      : timeout.signal.aborted
        ? `timed out after ${context.requestTimeoutMs} ms`
        : describe(error);
    return {
      firstByteAtMs,
      endedAtMs,
      responseCode: statusOf(error),
      error: reason,
      sentBytes,
      receivedBytes: 0,
      answerId: null,
    };
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function statusOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? String(metadata.httpStatusCode) : null;
}
