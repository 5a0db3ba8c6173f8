import type { Datapoint, GetMetricStatisticsCommandOutput } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { dataPoints, periods } from './data-points.ts';
import { invalidCombination, MONITORING_VALIDATION } from './errors.ts';
import { dimensionRecord, dimensions, metricName, namespace, period, unit } from './input-members.ts';
import type { MetricRecorder } from './metric-recorder.ts';
import type { SeriesStore } from './metric-series.ts';
import { parseStatistic } from './statistic.ts';

const MAX_DATA_POINTS = 1_440;
const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;

const inputSchema = z.strictObject({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  StartTime: z.date(),
  EndTime: z.date(),
  Period: period,
  Statistics: z.array(z.enum(STATISTICS)).min(1).max(5).default([]),
  ExtendedStatistics: z.array(z.string()).min(1).max(10).default([]),
  Unit: unit.optional(),
});

/** Several statistics of one metric, in order of time (AWS promises no order). */
export function getMetricStatistics(clock: Clock, recorder: MetricRecorder, store: SeriesStore) {
  return validatedOperation(
    MONITORING_VALIDATION,
    'GetMetricStatistics',
    inputSchema,
    (input): Output<GetMetricStatisticsCommandOutput> => {
      check(input);
      recorder.flush();
      const { Namespace, MetricName, StartTime, EndTime } = input;
      const metric = {
        namespace: Namespace,
        name: MetricName,
        dimensions: dimensionRecord(input.Dimensions),
      };
      const series = store.find(metric, input.Unit);
      const within = periods(clock.now(), StartTime.getTime(), EndTime.getTime(), input.Period);
      if (within === undefined) return { Label: MetricName, Datapoints: [] };

      const found = new Map<number, Datapoint>();
      const pointAt = (timestampMs: number): Datapoint => {
        let point = found.get(timestampMs);
        if (point === undefined) {
          // Words of CloudWatch's own, which is what the series was recorded with.
          const Unit = series[0]?.unit as Datapoint['Unit'];
          point = { Timestamp: new Date(timestampMs), Unit };
          found.set(timestampMs, point);
        }
        return point;
      };
      for (const name of input.Statistics) {
        const statistic = parseStatistic(name, 'GetMetricStatistics');
        for (const { timestampMs, value } of dataPoints(store, series, within, statistic)) {
          pointAt(timestampMs)[name] = value;
        }
      }
      for (const name of input.ExtendedStatistics) {
        const statistic = parseStatistic(name, 'GetMetricStatistics');
        for (const { timestampMs, value } of dataPoints(store, series, within, statistic)) {
          const point = pointAt(timestampMs);
          point.ExtendedStatistics = { ...point.ExtendedStatistics, [name]: value };
        }
      }
      return { Label: MetricName, Datapoints: [...found.values()] };
    },
  );
}

function check(input: z.output<typeof inputSchema>): void {
  if (input.Statistics.length + input.ExtendedStatistics.length === 0) {
    throw invalidCombination('Must specify either Statistics or ExtendedStatistics');
  }
  const rangeMs = input.EndTime.getTime() - input.StartTime.getTime();
  if (rangeMs <= 0) {
    throw invalidCombination('The parameter StartTime must be less than the parameter EndTime.');
  }
  const requested = Math.floor(rangeMs / (input.Period * 1000));
  if (requested > MAX_DATA_POINTS) {
    throw invalidCombination(
      `You have requested up to ${requested} datapoints, which exceeds the limit of 1,440. ` +
        'You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    );
  }
}
