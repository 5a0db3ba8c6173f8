interface Entry {
  readonly atMs: number;
  readonly user: number;
}

/** Users by the time at which each is due next. */
export class Agenda {
  /** Latest first, so that the earliest leaves cheaply. */
  readonly #entries: Entry[] = [];

  add(entry: Entry): void {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#entries[middle];
      if (other !== undefined && other.atMs > entry.atMs) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, entry);
  }

  get earliest(): Entry | undefined {
    return this.#entries.at(-1);
  }

  removeEarliest(): void {
    this.#entries.pop();
  }
}
