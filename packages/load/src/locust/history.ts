import { isSent, type LoadSample, type SentSample } from '../sample.ts';
import { percentileShares } from './columns.ts';
import { endpointsOf, Tally, type TimesFrom } from './tally.ts';

/** The state of one endpoint (or of all, `Aggregated`) at a whole second. */
export interface LoadPoint {
  /** Epoch seconds. What ended before is counted. */
  readonly timestampS: number;
  readonly userCount: number;
  /** Empty for `Aggregated`. */
  readonly method: string;
  readonly name: string;
  /** Of the last ten seconds. */
  readonly requestsPerSecond: number;
  readonly failuresPerSecond: number;
  /** In the order of Locust's columns, 50% to 100%; null as long as nothing has ended. */
  readonly percentilesMs: readonly number[] | null;
  readonly totalRequests: number;
  readonly totalFailures: number;
  readonly totalMedianMs: number;
  readonly totalAverageMs: number;
  readonly totalMinMs: number;
  readonly totalMaxMs: number;
  readonly totalAverageBytes: number;
}

export interface HistoryOptions {
  /** Points for each endpoint too, and percentiles of the last ten seconds (Locust's --csv-full-history). */
  readonly full: boolean;
  readonly timesFrom: TimesFrom;
}

const windowS = 10;

/**
 * A load second by second, from the second of the first request to the one after the last end: the last points count
 * every request, where Locust's own file stops up to a second early.
 */
export function historyOf(samples: readonly LoadSample[], { full, timesFrom }: HistoryOptions): LoadPoint[] {
  const sent = samples.filter(isSent).toSorted((a, b) => a.endedAtMs - b.endedAtMs);
  const last = sent.at(-1);
  if (last === undefined) return [];
  const startS = Math.floor(firstSentAtMs(sent) / 1000);
  const endS = Math.floor(last.endedAtMs / 1000) + 1;
  const users = userCounter(sent);
  const lines = [
    ...(full ? endpointsOf(sent) : []).map(({ method, name }) => {
      const own = sent.filter((sample) => sample.method === method && sample.name === name);
      return { method, name, track: new Track(own, timesFrom) };
    }),
    { method: '', name: 'Aggregated', track: new Track(sent, timesFrom) },
  ];
  return Array.from({ length: endS - startS + 1 }, (_, index) => startS + index).flatMap((timestampS) => {
    const userCount = timestampS === startS ? 0 : users(timestampS * 1000);
    return lines.map(({ method, name, track }) => {
      const point = track.at(timestampS, startS, full);
      return { timestampS, userCount, method, name, ...point };
    });
  });
}

function firstSentAtMs(sent: readonly SentSample[]): number {
  return sent.reduce((first, { sentAtMs }) => Math.min(first, sentAtMs), Number.POSITIVE_INFINITY);
}

/** Walks through one line's samples, ordered by their ends. */
class Track {
  readonly #samples: readonly SentSample[];
  readonly #timesFrom: TimesFrom;
  readonly #total: Tally;
  #next = 0;
  #windowStart = 0;

  constructor(samples: readonly SentSample[], timesFrom: TimesFrom) {
    this.#samples = samples;
    this.#timesFrom = timesFrom;
    this.#total = new Tally(timesFrom);
  }

  /** The state at a second; seconds have to be asked for in ascending order. */
  at(timestampS: number, startS: number, windowed: boolean) {
    for (let sample = this.#samples[this.#next]; sample !== undefined; sample = this.#samples[this.#next]) {
      if (sample.endedAtMs >= timestampS * 1000) break;
      this.#total.add(sample);
      this.#next += 1;
    }
    const fromMs = (timestampS - windowS) * 1000;
    while ((this.#samples[this.#windowStart]?.endedAtMs ?? fromMs) < fromMs) this.#windowStart += 1;
    const window = new Tally(this.#timesFrom);
    for (const sample of this.#samples.slice(this.#windowStart, this.#next)) window.add(sample);
    const windowLengthS = Math.max(1, Math.min(windowS, timestampS - startS));
    const total = this.#total;
    return {
      requestsPerSecond: window.requests / windowLengthS,
      failuresPerSecond: window.failures / windowLengthS,
      percentilesMs:
        total.requests === 0 ? null : (windowed ? window : total).percentilesMs(percentileShares),
      totalRequests: total.requests,
      totalFailures: total.failures,
      totalMedianMs: total.medianMs,
      totalAverageMs: total.averageMs,
      totalMinMs: total.requests === 0 ? 0 : total.minMs,
      totalMaxMs: total.maxMs,
      totalAverageBytes: total.averageBytes,
    };
  }
}

/** Users begun by a time in a closed model; requests under way in an open one. */
function userCounter(sent: readonly SentSample[]): (atMs: number) => number {
  if (sent.some(({ user }) => user !== null)) {
    const starts = new Map<number | null, number>();
    for (const { user, dueAtMs } of sent) starts.set(user, Math.min(dueAtMs, starts.get(user) ?? dueAtMs));
    return (atMs) => [...starts.values()].filter((startMs) => startMs <= atMs).length;
  }
  const starts = sent.map(({ sentAtMs }) => sentAtMs).toSorted((a, b) => a - b);
  const ends = sent.map(({ endedAtMs }) => endedAtMs);
  let started = 0;
  let ended = 0;
  return (atMs) => {
    while ((starts[started] ?? Number.POSITIVE_INFINITY) <= atMs) started += 1;
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= atMs) ended += 1;
    return started - ended;
  };
}
