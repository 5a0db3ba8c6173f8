import type { MetricPoint } from '../../server/ports.ts';
import { dimensionsKey } from './dimensions.ts';
import type { Summary } from './metric-series.ts';

export const MINUTE_MS = 60_000;

/** The points of one series in one minute: what is written of them. */
export interface MetricMinute extends Summary {
  /** Namespace, name, dimensions and unit, as metric_series has them. */
  readonly series: readonly [namespace: string, name: string, dimensions: string, unit: string];
  readonly minuteMs: number;
  /** How often each value came. */
  readonly values: ReadonlyMap<number, number>;
}

/** A minute of a busy function is a few rows, not one for each point. */
export function metricMinutes(points: readonly MetricPoint[]): MetricMinute[] {
  const found = new Map<string, MetricMinute & { values: Map<number, number> }>();
  for (const { namespace, name, dimensions, unit, timestampMs, value } of points) {
    const series = [namespace, name, dimensionsKey(dimensions), unit] as const;
    const minuteMs = Math.floor(timestampMs / MINUTE_MS) * MINUTE_MS;
    const key = JSON.stringify([series, minuteMs]);
    const minute = found.get(key);
    const values = minute?.values ?? new Map<number, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    found.set(key, {
      series,
      minuteMs,
      samples: (minute?.samples ?? 0) + 1,
      total: (minute?.total ?? 0) + value,
      minimum: Math.min(minute?.minimum ?? value, value),
      maximum: Math.max(minute?.maximum ?? value, value),
      values,
    });
  }
  return [...found.values()];
}
