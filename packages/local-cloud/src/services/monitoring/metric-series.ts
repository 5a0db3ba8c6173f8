import type { CloudEnvironment } from '../../server/environment.ts';
import { integer, type Row, real, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { withoutSync } from '../../storage/without-sync.ts';
import { dimensionsKey, parseDimensions } from './dimensions.ts';
import { MINUTE_MS } from './metric-minutes.ts';

/** As long as CloudWatch keeps data points of one minute. It keeps coarser ones for longer, which this cloud does not. */
export const RETENTION_MS = 15 * 24 * 3_600_000;

export interface MetricSeries {
  readonly id: number;
  readonly namespace: string;
  readonly name: string;
  /** See dimensions.ts. */
  readonly dimensions: string;
  readonly unit: string;
}

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Exact statistics of some samples. */
export interface Summary {
  readonly samples: number;
  readonly total: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A value and how often it came. */
export interface ValueCount {
  readonly value: number;
  readonly samples: number;
}

export type SeriesStore = ReturnType<typeof seriesStore>;

/** Series and their minutes, as queries need them. Every time is in epoch milliseconds; the end of a range is not part of it. */
export function seriesStore({ database, clock }: CloudEnvironment) {
  const all = database.prepare('SELECT * FROM metric_series ORDER BY namespace, name, dimensions, unit');
  const ofMetric = database.prepare('SELECT * FROM metric_series WHERE namespace = ? AND name = ?');
  const minutes = database.prepare(`
    SELECT * FROM metric_minute WHERE series_id = ? AND minute_ms >= ? AND minute_ms < ? ORDER BY minute_ms`);
  const values = database.prepare(`
    SELECT minute_ms, value, samples FROM metric_value WHERE series_id = ? AND minute_ms >= ? AND minute_ms < ?`);
  const forget = ['metric_minute', 'metric_value'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE minute_ms < ?`),
  );
  const forgetSeries = database.prepare(
    'DELETE FROM metric_series WHERE id NOT IN (SELECT series_id FROM metric_minute)',
  );

  return {
    all: (): MetricSeries[] => all.all().map(metricSeries),

    /**
     * The series that a query means. Lambda publishes each metric also without dimensions, across all functions: where no
     * such series was recorded, it is all those of one function each.
     */
    find({ namespace, name, dimensions }: MetricName, unit: string | undefined): MetricSeries[] {
      const candidates = ofMetric
        .all(namespace, name)
        .map(metricSeries)
        .filter((series) => unit === undefined || series.unit === unit);
      const key = dimensionsKey(dimensions);
      const exact = candidates.filter((series) => series.dimensions === key);
      if (exact.length > 0 || key !== '[]') return exact;
      return candidates.filter(({ dimensions: each }) => {
        const [[first] = [], ...others] = parseDimensions(each);
        return first === 'FunctionName' && others.length === 0;
      });
    },

    /** One summary a minute that has samples, in order of time. */
    *minutes(
      series: MetricSeries,
      startMs: number,
      endMs: number,
    ): Generator<Summary & { minuteMs: number }> {
      for (const row of minutes.iterate(series.id, startMs, endMs)) {
        yield {
          minuteMs: integer(row, 'minute_ms'),
          samples: integer(row, 'samples'),
          total: real(row, 'total'),
          minimum: real(row, 'minimum'),
          maximum: real(row, 'maximum'),
        };
      }
    },

    /** How often each value came in each minute. */
    *values(
      series: MetricSeries,
      startMs: number,
      endMs: number,
    ): Generator<ValueCount & { minuteMs: number }> {
      for (const row of values.iterate(series.id, startMs, endMs)) {
        yield {
          minuteMs: integer(row, 'minute_ms'),
          value: real(row, 'value'),
          samples: integer(row, 'samples'),
        };
      }
    },

    applyRetention(): void {
      const oldestMs = Math.floor((clock.now() - RETENTION_MS) / MINUTE_MS) * MINUTE_MS;
      withoutSync(database, () =>
        transaction(database, () => {
          for (const statement of forget) statement.run(oldestMs);
          forgetSeries.run();
        }),
      );
    },
  };
}

function metricSeries(row: Row): MetricSeries {
  return {
    id: integer(row, 'id'),
    namespace: text(row, 'namespace'),
    name: text(row, 'name'),
    dimensions: text(row, 'dimensions'),
    unit: text(row, 'unit'),
  };
}
