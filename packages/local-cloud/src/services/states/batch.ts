import type { Clock } from '../../clock.ts';

/** At most this long does an item wait for others to be written with it. */
const DELAY_MS = 25;
const MAXIMUM_ITEMS = 1_000;
const MAXIMUM_BYTES = 4 * 1024 * 1024;

/**
 * Gathers items and writes them together, so that each costs an insert and not a transaction. Whoever reads what was written
 * flushes first.
 */
export class Batch<Item> {
  readonly #clock: Clock;
  readonly #write: (items: readonly Item[]) => void;
  readonly #onFault: (fault: unknown) => void;
  #items: Item[] = [];
  #sizeBytes = 0;
  #timer: AbortController | undefined;

  constructor(clock: Clock, write: (items: readonly Item[]) => void, onFault: (fault: unknown) => void) {
    this.#clock = clock;
    this.#write = write;
    this.#onFault = onFault;
  }

  /** The size is about that of what is held in memory. */
  add(item: Item, sizeBytes: number): void {
    this.#items.push(item);
    this.#sizeBytes += sizeBytes;
    if (this.#items.length >= MAXIMUM_ITEMS || this.#sizeBytes >= MAXIMUM_BYTES) this.flush();
    else if (this.#timer === undefined) this.#flushLater();
  }

  /** What cannot be written (a full disk) is given up: an execution does not wait for its history. */
  flush(): void {
    this.#timer?.abort();
    this.#timer = undefined;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.#sizeBytes = 0;
    try {
      this.#write(items);
    } catch (fault) {
      this.#onFault(fault);
    }
  }

  #flushLater(): void {
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(DELAY_MS, timer.signal).then(
      () => {
        if (this.#timer === timer) this.flush();
      },
      () => {
        // Flushed before its time.
      },
    );
  }
}
