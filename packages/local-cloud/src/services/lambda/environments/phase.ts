import type { Clock } from '../../../clock.ts';
import { Mailbox } from './mailbox.ts';
import type { RuntimeEvent } from './runtime-event.ts';

/** How often a running environment's memory and output are looked at. */
const WATCH_INTERVAL_MS = 25;

/** An init or an invocation while it runs: its events, its time limit, its watcher. */
export class Phase {
  /** When its time is up, by the cloud's clock. */
  readonly deadlineMs: number;
  readonly #mailbox = new Mailbox<RuntimeEvent>();
  readonly #ended = new AbortController();
  readonly #watch: NodeJS.Timeout;

  /** `watch` is called at intervals; it returns whether the memory limit is broken. */
  constructor(clock: Clock, limitMs: number, watch: () => 'within-memory' | 'out-of-memory') {
    const { signal } = this.#ended;
    this.deadlineMs = clock.now() + limitMs;
    clock.sleep(limitMs, signal).then(
      () => {
        if (!signal.aborted) this.post({ kind: 'timeout' });
      },
      () => {
        // Ended in time.
      },
    );
    this.#watch = setInterval(() => {
      try {
        if (watch() === 'out-of-memory') this.post({ kind: 'out-of-memory' });
      } catch (cause) {
        // Nobody catches what a timer throws: it would end the cloud.
        this.post({ kind: 'fault', cause });
      }
    }, WATCH_INTERVAL_MS);
  }

  readonly post = (event: RuntimeEvent): void => this.#mailbox.post(event);

  next(): Promise<RuntimeEvent> {
    return this.#mailbox.take();
  }

  end(): void {
    this.#ended.abort();
    clearInterval(this.#watch);
  }
}
