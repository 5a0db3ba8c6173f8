import { inspect } from 'node:util';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { MetricWriter } from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { metricRecorder } from './metric-recorder.ts';
import { seriesStore } from './metric-series.ts';
import { createTables } from './tables.ts';

const RETENTION_INTERVAL_MS = 60 * 60 * 1000;

/** CloudWatch metrics: what Lambda counts of its invocations, by the minute. */
export function createMonitoring(environment: CloudEnvironment): Service & { readonly writer: MetricWriter } {
  const { clock, database } = environment;
  createTables(database);
  const recorder = metricRecorder(environment);
  const store = seriesStore(environment);
  const stopping = new AbortController();
  let retention: Promise<void> = Promise.resolve();

  async function applyRetentionHourly(): Promise<void> {
    try {
      for (;;) {
        applyRetention();
        await clock.sleep(RETENTION_INTERVAL_MS, stopping.signal);
      }
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    }
  }

  /** Minutes that stay an hour too long are no reason to stop serving. */
  function applyRetention(): void {
    try {
      store.applyRetention();
    } catch (error) {
      process.stderr.write(
        `local cloud: retention of metrics failed, tried again in an hour: ${inspect(error)}\n`,
      );
    }
  }

  return {
    id: 'monitoring',
    writer: recorder,
    operations: {
      GetMetricData: getMetricData(clock, recorder, store),
      GetMetricStatistics: getMetricStatistics(clock, recorder, store),
      ListMetrics: listMetrics(recorder, store),
    },
    start: async () => {
      retention = applyRetentionHourly();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([retention, recorder.stop()]);
    },
  };
}
