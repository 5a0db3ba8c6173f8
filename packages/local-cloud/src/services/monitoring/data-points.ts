import { MINUTE_MS } from './metric-minutes.ts';
import type { MetricSeries, SeriesStore, Summary, ValueCount } from './metric-series.ts';
import { percentile, type Statistic } from './statistic.ts';

/** The points of a line: one for each period in which there were samples, named by the period's beginning. */
export interface DataPoint {
  readonly timestampMs: number;
  readonly value: number;
}

/** The end is not part of it. Build it with periods(). */
export interface Periods {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The shortest period, and multiples of it, that CloudWatch still has for a start so long ago. */
function keptPeriodMs(ageMs: number): number {
  if (ageMs <= 3 * HOUR_MS) return 1_000;
  if (ageMs <= 15 * DAY_MS) return MINUTE_MS;
  return ageMs <= 63 * DAY_MS ? 5 * MINUTE_MS : HOUR_MS;
}

/**
 * Periods count from the start, which is rounded down as CloudWatch documents it. Undefined where it answers that there is
 * no data: the period is too short for so old a start. Lambda's metrics have one value a minute: a shorter period finds it at
 * the minute's beginning.
 */
export function periods(
  nowMs: number,
  startMs: number,
  endMs: number,
  periodSeconds: number,
): Periods | undefined {
  const kept = keptPeriodMs(nowMs - startMs);
  const periodMs = periodSeconds * 1000;
  if (periodMs % kept !== 0) return undefined;
  const rounding = Math.max(kept, MINUTE_MS);
  return {
    startMs: Math.floor(startMs / rounding) * rounding,
    endMs,
    periodMs: Math.max(periodMs, MINUTE_MS),
  };
}

/** In order of time. Several series are taken together, as if they were one. */
export function dataPoints(
  store: SeriesStore,
  series: readonly MetricSeries[],
  within: Periods,
  statistic: Statistic,
): DataPoint[] {
  const points =
    statistic.kind === 'summary'
      ? pointsOf(summaries(store, series, within), statistic.of)
      : pointsOf(distributions(store, series, within), (counts) => percentile(counts, statistic.percent));
  return points.toSorted((a, b) => a.timestampMs - b.timestampMs);
}

function pointsOf<Samples>(
  byPeriod: ReadonlyMap<number, Samples>,
  value: (samples: Samples) => number,
): DataPoint[] {
  return [...byPeriod].map(([timestampMs, samples]) => ({ timestampMs, value: value(samples) }));
}

function summaries(
  store: SeriesStore,
  series: readonly MetricSeries[],
  within: Periods,
): Map<number, Summary> {
  const found = new Map<number, Summary>();
  for (const each of series) {
    for (const minute of store.minutes(each, within.startMs, within.endMs)) {
      const timestampMs = periodOf(minute.minuteMs, within);
      const so = found.get(timestampMs);
      found.set(timestampMs, so === undefined ? minute : together(so, minute));
    }
  }
  return found;
}

function together(a: Summary, b: Summary): Summary {
  return {
    samples: a.samples + b.samples,
    total: a.total + b.total,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

function distributions(
  store: SeriesStore,
  series: readonly MetricSeries[],
  within: Periods,
): Map<number, ValueCount[]> {
  const found = new Map<number, ValueCount[]>();
  for (const each of series) {
    for (const count of store.values(each, within.startMs, within.endMs)) {
      const timestampMs = periodOf(count.minuteMs, within);
      const counts = found.get(timestampMs);
      if (counts === undefined) found.set(timestampMs, [count]);
      else counts.push(count);
    }
  }
  return found;
}

function periodOf(minuteMs: number, { startMs, periodMs }: Periods): number {
  return startMs + Math.floor((minuteMs - startMs) / periodMs) * periodMs;
}
