import type { Reply, Sender } from '../src/senders/sender.ts';

/** A sender whose answers come when the test says so. */
export class ScriptedSender implements Sender {
  readonly method = 'GET';
  readonly #nowMs: () => number;
  readonly #waiting: ((error: string | null) => void)[] = [];
  failWith: Error | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get underWay(): number {
    return this.#waiting.length;
  }

  async send(signal: AbortSignal): Promise<Reply> {
    if (this.failWith !== undefined) throw this.failWith;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#waiting.push(resolve);
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    const error = await promise;
    const endedAtMs = this.#nowMs();
    const responseCode = error === null ? '200' : null;
    return {
      firstByteAtMs: endedAtMs,
      endedAtMs,
      responseCode,
      error,
      sentBytes: 0,
      receivedBytes: 2,
      answerId: null,
    };
  }

  /** Answers all that wait. */
  async answer(error: string | null = null): Promise<void> {
    for (const resolve of this.#waiting.splice(0)) resolve(error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    await this.answer();
  }
}
