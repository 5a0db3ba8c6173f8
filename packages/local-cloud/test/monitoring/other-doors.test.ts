import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query, startMonitoring } from './monitoring-fixture.ts';

let monitoring: Awaited<ReturnType<typeof startMonitoring>>;
beforeEach(async () => {
  monitoring = await startMonitoring();
  monitoring.record('Duration', 'f', 1, 10);
  monitoring.record('Duration', 'f', 1, 30);
  monitoring.record('Duration', 'f', 4, 5);
  monitoring.record('Invocations', 'g', 1, 1);
});
afterEach(() => monitoring.stop());

const ofDuration = (more: object) =>
  monitoring.client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Duration',
      Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
      StartTime: monitoring.at(0),
      EndTime: monitoring.at(60),
      Period: 60,
      ...more,
    }),
  );

describe('GetMetricStatistics', () => {
  it('answers several statistics of one metric', async () => {
    const { Label, Datapoints } = await ofDuration({
      Statistics: ['Sum', 'Average'],
      ExtendedStatistics: ['p90', 'p10'],
    });
    expect(Label).toBe('Duration');
    expect(Datapoints).toEqual([
      {
        Timestamp: monitoring.at(1),
        Sum: 40,
        Average: 20,
        Unit: 'Milliseconds',
        ExtendedStatistics: { p90: 30, p10: 10 },
      },
      {
        Timestamp: monitoring.at(4),
        Sum: 5,
        Average: 5,
        Unit: 'Milliseconds',
        ExtendedStatistics: { p90: 5, p10: 5 },
      },
    ]);
  });

  it('refuses more than 1,440 data points, and no statistic at all', async () => {
    await expect(ofDuration({ Statistics: ['Sum'], StartTime: monitoring.at(-1441) })).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message: expect.stringContaining('exceeds the limit of 1,440'),
    });
    await expect(ofDuration({})).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });
});

describe('ListMetrics', () => {
  const list = async (input: object) => (await monitoring.client.send(new ListMetricsCommand(input))).Metrics;

  it('names what was recorded', async () => {
    expect(await list({ Namespace: 'AWS/Lambda' })).toEqual([
      { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions: [{ Name: 'FunctionName', Value: 'f' }] },
      {
        Namespace: 'AWS/Lambda',
        MetricName: 'Invocations',
        Dimensions: [{ Name: 'FunctionName', Value: 'g' }],
      },
    ]);
    expect(await list({ Dimensions: [{ Name: 'FunctionName', Value: 'g' }] })).toHaveLength(1);
    expect(await list({ Dimensions: [{ Name: 'Resource' }] })).toEqual([]);
    expect(await list({ MetricName: 'Duration' })).toHaveLength(1);
  });

  it('pages by 500', async () => {
    for (let index = 0; index < 600; index++) monitoring.record('Errors', `f${index}`, 1, 0);
    const first = await monitoring.client.send(new ListMetricsCommand({ MetricName: 'Errors' }));
    const { NextToken } = first;
    const second = await monitoring.client.send(new ListMetricsCommand({ MetricName: 'Errors', NextToken }));
    const names = [...(first.Metrics ?? []), ...(second.Metrics ?? [])].map(
      ({ Dimensions }) => Dimensions?.[0]?.Value,
    );
    expect(first.Metrics).toHaveLength(500);
    expect(new Set(names).size).toBe(600);
    expect(second.NextToken).toBeUndefined();
  });
});

describe.each([
  ['JSON', AwsJson1_0Protocol],
  ['CBOR', AwsSmithyRpcV2CborProtocol],
  ['queries', AwsQueryProtocol],
])('a client that speaks %s', (_name, protocol) => {
  it('is understood and answered in the same', async () => {
    const client = new CloudWatchClient({ ...monitoring.cloud.client, protocol });
    const ask = (Stat: string) =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries: [query('Duration', 'f', Stat)],
          StartTime: monitoring.at(0),
          EndTime: monitoring.at(60),
        }),
      );
    const { MetricDataResults } = await ask('Average');
    expect(MetricDataResults).toEqual([
      {
        Id: 'q',
        Label: 'Duration',
        Timestamps: [monitoring.at(4), monitoring.at(1)],
        Values: [5, 20],
        StatusCode: 'Complete',
      },
    ]);
    await expect(ask('Median')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'Median'"),
    });
    client.destroy();
  });
});

it('tells clients that know the codes of the query protocol theirs', async () => {
  const error = await monitoring.getMetricData({ MetricDataQueries: [] }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'ValidationException',
    Error: { Code: 'ValidationError', Type: 'Sender' },
  });
});

it('refuses to take metrics, by name', async () => {
  const put = monitoring.client.send(
    new PutMetricDataCommand({ Namespace: 'Mine', MetricData: [{ MetricName: 'm', Value: 1 }] }),
  );
  await expect(put).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('PutMetricData'),
  });
});
