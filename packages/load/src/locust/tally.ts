import { type LoadSample, responseMs, type SentSample, serviceMs } from '../sample.ts';

/** Whether times count from the sending (as Locust's do) or from when the request was due. */
export type TimesFrom = 'sent' | 'due';

/**
 * What Locust keeps of an endpoint: counts, sums, and how often each whole millisecond came. Unlike Locust, which rounds
 * times to about two digits (147 to 150), percentiles are true to the millisecond.
 */
export class Tally {
  readonly #timesFrom: TimesFrom;
  readonly #occurrences = new Map<number, number>();
  requests = 0;
  failures = 0;
  #totalMs = 0;
  #totalBytes = 0;
  minMs = Number.POSITIVE_INFINITY;
  maxMs = 0;
  firstSentAtMs = Number.POSITIVE_INFINITY;
  lastEndedAtMs = Number.NEGATIVE_INFINITY;

  constructor(timesFrom: TimesFrom) {
    this.#timesFrom = timesFrom;
  }

  add(sample: SentSample): void {
    const ms = this.#timesFrom === 'sent' ? serviceMs(sample) : responseMs(sample);
    const key = Math.round(ms);
    this.#occurrences.set(key, (this.#occurrences.get(key) ?? 0) + 1);
    this.requests += 1;
    if (sample.status === 'failed') this.failures += 1;
    this.#totalMs += ms;
    this.#totalBytes += sample.receivedBytes;
    this.minMs = Math.min(this.minMs, ms);
    this.maxMs = Math.max(this.maxMs, ms);
    this.firstSentAtMs = Math.min(this.firstSentAtMs, sample.sentAtMs);
    this.lastEndedAtMs = Math.max(this.lastEndedAtMs, sample.endedAtMs);
  }

  get averageMs(): number {
    return this.requests === 0 ? 0 : this.#totalMs / this.requests;
  }

  get averageBytes(): number {
    return this.requests === 0 ? 0 : this.#totalBytes / this.requests;
  }

  get durationMs(): number {
    return Math.max(0, this.lastEndedAtMs - this.firstSentAtMs);
  }

  get requestsPerSecond(): number {
    return this.#perSecond(this.requests);
  }

  get failuresPerSecond(): number {
    return this.#perSecond(this.failures);
  }

  /** Percentiles of ascending shares, as Locust defines them: the smallest time that leaves at most n x (1 - p) above it. */
  percentilesMs(shares: readonly number[]): number[] {
    const ascending = [...this.#occurrences].toSorted(([a], [b]) => a - b);
    let at = 0;
    let upTo = ascending[0]?.[1] ?? 0;
    return shares.map((share) => {
      const below = Math.min(Math.floor(this.requests * share), this.requests - 1);
      while (upTo <= below && at < ascending.length - 1) {
        at += 1;
        upTo += ascending[at]?.[1] ?? 0;
      }
      return ascending[at]?.[0] ?? 0;
    });
  }

  #perSecond(count: number): number {
    return this.durationMs > 0 ? count / (this.durationMs / 1000) : 0;
  }

  /** The lower of the two middle times where there are two, as Locust's. */
  get medianMs(): number {
    const ascending = [...this.#occurrences].toSorted(([a], [b]) => a - b);
    let below = 0;
    for (const [ms, count] of ascending) {
      below += count;
      if (below > (this.requests - 1) / 2) return ms;
    }
    return 0;
  }
}

/** Endpoints as Locust tells them apart and sorts them: by name, then method. */
export function endpointsOf(samples: readonly LoadSample[]): { method: string; name: string }[] {
  const byKey = new Map(
    samples.map(({ method, name }) => [JSON.stringify([name, method]), { method, name }] as const),
  );
  return [...byKey.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.method, b.method));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
