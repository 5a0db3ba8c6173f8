import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { createMonitoring } from '../../src/services/monitoring/create-monitoring.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { serveServices } from '../support/serve-services.ts';

export const MINUTE_MS = 60_000;

/** CloudWatch on a socket. Times of points are in minutes after `originMs`, a whole minute an hour ago. */
export async function startMonitoring() {
  const clock = new ManualClock();
  const originMs = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS - 60 * MINUTE_MS;
  const cloud = await serveServices(clock, (environment) => [createMonitoring(environment)] as const);
  const [monitoring] = cloud.services;
  const client = new CloudWatchClient(cloud.client);
  const at = (minutes: number): Date => new Date(originMs + minutes * MINUTE_MS);

  return {
    clock,
    client,
    cloud,
    at,
    record(name: string, functionName: string | undefined, minutes: number, value: number): void {
      monitoring.writer.record({
        namespace: 'AWS/Lambda',
        name,
        dimensions: functionName === undefined ? {} : { FunctionName: functionName },
        timestampMs: originMs + minutes * MINUTE_MS,
        value,
        unit: name === 'Duration' ? 'Milliseconds' : 'Count',
      });
    },
    /** Of the hour before now, oldest first, where nothing else is said. */
    getMetricData: (input: Partial<GetMetricDataCommandInput>) =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries: [],
          StartTime: at(0),
          EndTime: at(60),
          ScanBy: 'TimestampAscending',
          ...input,
        }),
      ),
    stop: async () => {
      client.destroy();
      await cloud.stop();
    },
  };
}

/** A query of one statistic of a function's metric (of all functions together without a name). */
export function query(
  name: string,
  functionName: string | undefined,
  stat: string,
  more: { Id?: string; Period?: number; Label?: string; Unit?: 'Count' | 'Milliseconds' } = {},
): MetricDataQuery {
  const { Id = 'q', Period = 60, Label, Unit } = more;
  return {
    Id,
    Label,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: name,
        Dimensions: functionName === undefined ? [] : [{ Name: 'FunctionName', Value: functionName }],
      },
      Period,
      Stat: stat,
      Unit,
    },
  };
}
