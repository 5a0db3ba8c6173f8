import { type Summary, summarise } from '@skyground/statistics';
import { drawable, isDrawable } from '../drawable.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface PercentilesOverTimeRequest extends ChartHeading {
  readonly measure: Measure;
  /** One of what was measured: `request`. */
  readonly thing: string;
  /** Length of the windows that percentiles are taken of; above zero. */
  readonly windowMs: number;
  /** In any order. */
  readonly samples: readonly EndedSample[];
  /** From each moment on, how many users were at work; null where nobody counted them. */
  readonly users: readonly UsersAt[] | null;
}

export interface UsersAt {
  readonly atMs: number;
  readonly users: number;
}

export interface EndedSample {
  /** Epoch milliseconds, or since any other moment that all samples and users share. */
  readonly endedAtMs: number;
  /** In the unit of the measure; null where it failed. */
  readonly value: number | null;
  readonly start: 'cold' | 'warm';
}

/** One stretch of time with what ended in it, which is at least one sample. */
export interface TimeWindow {
  readonly index: number;
  /** Of all that succeeded, cold starts too; undefined where none did. Percentiles are R-7. */
  readonly figures: Summary | undefined;
  readonly cold: number;
  readonly failed: number;
}

export interface TimeWindows {
  /** As asked, or a multiple where a long run would have had more windows than can be drawn. */
  readonly windowMs: number;
  /** The moment from which seconds count. */
  readonly startMs: number;
  readonly endMs: number;
  /** Ascending; those in which nothing ended are missing. */
  readonly windows: readonly TimeWindow[];
  readonly usable: readonly EndedSample[];
  /** Ascending in time; empty where nobody counted them. */
  readonly users: readonly UsersAt[];
}

const MOST_WINDOWS = 1_000;

/** undefined where no sample has a time. */
export function timeWindowsOf({
  windowMs,
  samples,
  users,
}: PercentilesOverTimeRequest): TimeWindows | undefined {
  if (!(windowMs >= 1 && isDrawable(windowMs))) {
    throw new RangeError(`windowMs: expected a number of milliseconds from 1 on, got ${windowMs}.`);
  }
  const usable = samples.filter(
    ({ endedAtMs, value }) => isDrawable(endedAtMs) && (value === null || isDrawable(value)),
  );
  if (usable.length === 0) return undefined;
  const counted = (users ?? []).filter((one) => isDrawable(one.atMs) && isDrawable(one.users));
  const moments = [...usable.map(({ endedAtMs }) => endedAtMs), ...counted.map(({ atMs }) => atMs)];
  const startMs = moments.reduce((first, moment) => Math.min(first, moment), Number.POSITIVE_INFINITY);
  const endMs = moments.reduce((last, moment) => Math.max(last, moment), Number.NEGATIVE_INFINITY);
  const drawnMs = windowMs * Math.max(1, Math.ceil((endMs - startMs) / windowMs / MOST_WINDOWS));
  const byWindow = Map.groupBy(usable, ({ endedAtMs }) => Math.floor((endedAtMs - startMs) / drawnMs));
  return {
    windowMs: drawnMs,
    startMs,
    endMs,
    windows: [...byWindow].map(([index, own]) => windowOf(index, own)).toSorted((a, b) => a.index - b.index),
    usable,
    users: counted.toSorted((a, b) => a.atMs - b.atMs),
  };
}

function windowOf(index: number, samples: readonly EndedSample[]): TimeWindow {
  const succeeded = samples.filter(({ value }) => value !== null);
  const figures = summarise(drawable(succeeded.flatMap(({ value }) => value ?? [])));
  return {
    index,
    figures: figures.kind === 'summary' ? figures : undefined,
    cold: succeeded.filter(({ start }) => start === 'cold').length,
    failed: samples.length - succeeded.length,
  };
}
