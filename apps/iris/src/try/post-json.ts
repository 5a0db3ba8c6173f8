import { IrisUsageError } from '../errors.ts';

import type { Exchange } from './exchange.ts';

/** Posts JSON over HTTP. IrisUsageError where nobody listens. */
export async function postJson(url: string, content: object, signal: AbortSignal): Promise<Exchange> {
  const sent = JSON.stringify(content);
  const sentTo = `POST ${url}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: sent,
      signal,
    });
    return { sentTo, sent, statusCode: response.status, received: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    const reason =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new IrisUsageError(`${sentTo}: expected an answer, but there was none (${reason}).`, {
      cause: error,
    });
  }
}
