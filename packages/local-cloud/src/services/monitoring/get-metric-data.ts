import type { GetMetricDataCommandOutput, MetricDataResult, StatusCode } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { type DataPoint, dataPoints, periods } from './data-points.ts';
import { invalidRequest, invalidToken, MONITORING_VALIDATION } from './errors.ts';
import {
  dimensionRecord,
  dimensions,
  metricName,
  namespace,
  pageToken,
  period,
  unit,
} from './input-members.ts';
import type { MetricRecorder } from './metric-recorder.ts';
import type { SeriesStore } from './metric-series.ts';
import { parseStatistic } from './statistic.ts';

const MAX_DATA_POINTS = 100_800;

/** Metric math, Expression, is what this schema leaves out: it is refused by its name. So are dynamic labels. */
const querySchema = z.strictObject({
  Id: z
    .string()
    .max(255)
    .regex(/^[a-z][a-zA-Z0-9_]*$/),
  MetricStat: z.strictObject({
    Metric: z.strictObject({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions }),
    Period: period,
    Stat: z.string(),
    Unit: unit.optional(),
  }),
  Label: z
    .string()
    .refine((label) => !label.includes('${'), { error: 'dynamic labels are not implemented here' })
    .optional(),
  ReturnData: z.boolean().default(true),
});

const inputSchema = z.strictObject({
  MetricDataQueries: z.array(querySchema).min(1).max(500),
  StartTime: z.date(),
  EndTime: z.date(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
  MaxDatapoints: z.int().min(1).max(MAX_DATA_POINTS).default(MAX_DATA_POINTS),
  NextToken: pageToken.optional(),
});

type Query = z.output<typeof querySchema>;
type Input = z.output<typeof inputSchema>;

/** The next point to answer: of which query, of what time. */
const positionSchema = z.tuple([z.int().min(0), z.int()]);

/** The values of metrics, one statistic a query. Queries fill a page in their order. */
export function getMetricData(clock: Clock, recorder: MetricRecorder, store: SeriesStore) {
  function pointsOf({ MetricStat: { Metric, Period, Stat, Unit } }: Query, input: Input): DataPoint[] {
    const statistic = parseStatistic(Stat, 'GetMetricData');
    const within = periods(clock.now(), input.StartTime.getTime(), input.EndTime.getTime(), Period);
    if (within === undefined) return [];
    const metric = {
      namespace: Metric.Namespace,
      name: Metric.MetricName,
      dimensions: dimensionRecord(Metric.Dimensions),
    };
    const points = dataPoints(store, store.find(metric, Unit), within, statistic);
    return input.ScanBy === 'TimestampAscending' ? points : points.toReversed();
  }

  return validatedOperation(
    MONITORING_VALIDATION,
    'GetMetricData',
    inputSchema,
    (input): Output<GetMetricDataCommandOutput> => {
      checkTimes(input.StartTime, input.EndTime);
      checkIds(input.MetricDataQueries);
      const [firstQuery, firstMs] = readToken(input.NextToken);
      recorder.flush();

      let room = input.MaxDatapoints;
      let next: z.output<typeof positionSchema> | undefined;
      const results = input.MetricDataQueries.map((query, index): MetricDataResult => {
        if (index < firstQuery || !query.ReturnData) return result(query, [], 'Complete');
        if (next !== undefined) return result(query, [], 'PartialData');
        const all = pointsOf(query, input);
        const from =
          index === firstQuery && firstMs !== undefined
            ? all.findIndex((point) => isFrom(point.timestampMs, firstMs, input.ScanBy))
            : 0;
        const rest = from === -1 ? [] : all.slice(from);
        const page = rest.slice(0, room);
        room -= page.length;
        const following = rest[page.length];
        if (following === undefined) return result(query, page, 'Complete');
        next = [index, following.timestampMs];
        return result(query, page, 'PartialData');
      });
      const returned = results.filter((_, index) => input.MetricDataQueries[index]?.ReturnData === true);
      return {
        MetricDataResults: returned,
        Messages: [],
        ...(next !== undefined && { NextToken: Buffer.from(JSON.stringify(next)).toString('base64url') }),
      };
    },
  );
}

function checkTimes(start: Date, end: Date): void {
  if (start >= end) throw invalidRequest('The parameter StartTime must be less than the parameter EndTime.');
}

function checkIds(queries: readonly Query[]): void {
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
    throw invalidRequest('The values for parameter id in MetricDataQueries are not unique.');
  }
  if (!queries.some(({ ReturnData }) => ReturnData)) {
    throw invalidRequest('At least one metric must have ReturnData set to true.');
  }
}

function isFrom(timestampMs: number, firstMs: number, scanBy: Input['ScanBy']): boolean {
  return scanBy === 'TimestampAscending' ? timestampMs >= firstMs : timestampMs <= firstMs;
}

function result(query: Query, points: readonly DataPoint[], StatusCode: StatusCode): MetricDataResult {
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat.Metric.MetricName,
    Timestamps: points.map(({ timestampMs }) => new Date(timestampMs)),
    Values: points.map(({ value }) => value),
    StatusCode,
  };
}

function readToken(
  token: string | undefined,
): readonly [queryIndex: number, timestampMs: number | undefined] {
  if (token === undefined) return [0, undefined];
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
  } catch {
    throw invalidToken();
  }
}
