import type { LoadSample } from '../sample.ts';
import type { Sender } from '../senders/sender.ts';
import type { Alarm } from './alarm.ts';
import type { NowMs } from './clock.ts';

/** What both models drive with. */
export interface DriveContext {
  readonly name: string;
  readonly sender: Sender;
  readonly nowMs: NowMs;
  readonly alarm: Alarm;
  readonly startAtMs: number;
  readonly maxInFlight: number;
  /** Told once a request is over (or dropped), in the order of their ends. */
  readonly onSample: (sample: LoadSample) => void;
  readonly onWarning: (message: string) => void;
  /** Ends the load: nothing more is sent, what is under way is given up and recorded as failed. */
  readonly signal: AbortSignal;
}

/** Numbers requests, keeps them below the bound, and turns what becomes of them into samples. */
export class Session {
  readonly #context: DriveContext;
  readonly #underWay = new Set<Promise<void>>();
  readonly #failed = Promise.withResolvers<never>();
  #sequence = 0;
  #warned = false;

  constructor(context: DriveContext) {
    this.#context = context;
    // Awaited in `over` and `until`; a failure before that is not an unhandled rejection.
    this.#failed.promise.catch(() => undefined);
  }

  /** Sends the request that was due at `dueAtMs` now, or drops it. Resolves when it is over. */
  issue(dueAtMs: number, user: number | null): Promise<void> {
    const { name, sender, maxInFlight, onSample } = this.#context;
    const due = { sequence: this.#sequence, user, method: sender.method, name, dueAtMs };
    this.#sequence += 1;
    if (this.#underWay.size >= maxInFlight) {
      onSample({ ...due, status: 'dropped' });
      this.#warnOnce();
      return Promise.resolve();
    }
    const exchange = this.#exchange(due)
      .catch((error: unknown) => this.#failed.reject(error))
      .finally(() => this.#underWay.delete(exchange));
    this.#underWay.add(exchange);
    return exchange;
  }

  /** `wait`, or the failure of a sender if that comes first. */
  async until(wait: Promise<void>): Promise<void> {
    await Promise.race([wait, this.#failed.promise]);
  }

  /** Waits for what is under way. */
  async over(): Promise<void> {
    while (this.#underWay.size > 0) await this.until(Promise.all(this.#underWay).then(() => undefined));
    await this.until(Promise.resolve());
  }

  async #exchange(due: {
    readonly sequence: number;
    readonly user: number | null;
    readonly method: string;
    readonly name: string;
    readonly dueAtMs: number;
  }): Promise<void> {
    const { sender, nowMs, onSample, signal } = this.#context;
    const inFlight = this.#underWay.size + 1;
    const sentAtMs = nowMs();
    const reply = await sender.send(signal);
    // One line, so that a row of a file is one line too, and a kill can tear only the last.
    const error = reply.error?.replace(/\s*[\r\n]+\s*/g, ' ') ?? null;
    onSample({ ...due, status: error === null ? 'ok' : 'failed', sentAtMs, inFlight, ...reply, error });
  }

  #warnOnce(): void {
    if (this.#warned) return;
    this.#warned = true;
    const { maxInFlight, onWarning } = this.#context;
    onWarning(
      `Insufficient capacity: a request was due while ${maxInFlight} were under way, so it was dropped, and so will others be (this is said once; they are counted). The target answers too slowly for this rate, or maxInFlight is too low for it.`,
    );
  }
}
