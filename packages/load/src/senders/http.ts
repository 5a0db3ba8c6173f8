import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { answerIdOf } from './answer-id.ts';
import type { Reply, Sender, SenderContext } from './sender.ts';
import type { HttpSettings } from './settings.ts';

/**
 * Sends over kept-alive connections, one request at a time on each. Status 400 and above has failed; redirects are not
 * followed. undici needs less CPU a request than node:http: 29 to 56 µs against 57 to 77 µs on a busy machine
 * (`npm run bench -w packages/load -- clients`).
 */
export function httpSender(settings: HttpSettings, context: SenderContext): Sender {
  const { origin, pathname, search } = new URL(settings.url);
  const pool = new Pool(origin, {
    connections: context.maxInFlight,
    pipelining: 1,
    connectTimeout: context.requestTimeoutMs,
    // Each exchange has one timer of its own, over the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const request: Dispatcher.DispatchOptions = {
    path: `${pathname}${search}`,
    method: settings.method,
    headers: settings.headers,
    body: settings.body,
  };
  const sentBytes = Buffer.byteLength(settings.body ?? '');
  return {
    method: settings.method,
    send: (signal) => {
      const exchange = new Exchange(context, { sentBytes, answerIdHeader: settings.answerIdHeader, signal });
      pool.dispatch(request, exchange);
      return exchange.reply;
    },
    close: () => pool.destroy(),
  };
}

interface Outgoing {
  readonly sentBytes: number;
  readonly answerIdHeader: string | null;
  readonly signal: AbortSignal;
}

/** One request and its answer, in the form in which undici reports them. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly reply: Promise<Reply>;
  readonly #resolve: (reply: Reply) => void;
  readonly #context: SenderContext;
  readonly #sentBytes: number;
  readonly #answerIdHeader: string | null;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #firstByteAtMs: number | null = null;
  #responseCode: string | null = null;
  #receivedBytes = 0;
  #answerId: string | null = null;
  #over = false;

  constructor(context: SenderContext, { sentBytes, answerIdHeader, signal }: Outgoing) {
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.reply = promise;
    this.#resolve = resolve;
    this.#context = context;
    this.#sentBytes = sentBytes;
    this.#answerIdHeader = answerIdHeader;
    this.#signal = signal;
    const { requestTimeoutMs } = context;
    this.#timer = setTimeout(() => this.#giveUp(`timed out after ${requestTimeoutMs} ms`), requestTimeoutMs);
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('given up before a connection was ready'));
  }

  onResponseStart(_: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    // 1xx answers come before the real one.
    if (statusCode < 200) return;
    this.#firstByteAtMs = this.#context.nowMs();
    this.#responseCode = String(statusCode);
    this.#answerId = answerIdOf(headers, this.#answerIdHeader);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receivedBytes += chunk.byteLength;
  }

  onResponseEnd(): void {
    const failed = Number(this.#responseCode) >= 400;
    this.#finish(failed ? `HTTP status ${this.#responseCode}` : null);
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    const code = 'code' in error ? String(error.code) : error.name;
    this.#finish(`${code}: ${error.message}`);
  }

  readonly #onAbort = (): void => this.#giveUp('stopped before its end');

  #giveUp(why: string): void {
    this.#finish(why);
    this.#controller?.abort(new Error(why));
  }

  #finish(error: string | null): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#resolve({
      firstByteAtMs: this.#firstByteAtMs,
      endedAtMs: this.#context.nowMs(),
      responseCode: this.#responseCode,
      error,
      sentBytes: this.#sentBytes,
      receivedBytes: this.#receivedBytes,
      answerId: this.#answerId,
    });
  }
}
