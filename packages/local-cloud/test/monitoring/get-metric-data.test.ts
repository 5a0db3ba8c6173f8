import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, query, startMonitoring } from './monitoring-fixture.ts';

let monitoring: Awaited<ReturnType<typeof startMonitoring>>;
beforeEach(async () => {
  monitoring = await startMonitoring();
});
afterEach(() => monitoring.stop());

/** Minutes after the origin to values. */
function line({ Timestamps = [], Values = [] }: MetricDataResult = {}): [minutes: number, value: number][] {
  const originMs = monitoring.at(0).getTime();
  return Timestamps.map((timestamp, index) => [
    (timestamp.getTime() - originMs) / MINUTE_MS,
    Values[index] ?? Number.NaN,
  ]);
}

async function one(...args: Parameters<typeof query>) {
  const { MetricDataResults = [] } = await monitoring.getMetricData({ MetricDataQueries: [query(...args)] });
  return line(MetricDataResults[0]);
}

describe('statistics', () => {
  beforeEach(() => {
    for (const value of [10, 20.5, 30, 40]) monitoring.record('Duration', 'f', 1.5, value);
    monitoring.record('Duration', 'f', 3, 100);
    monitoring.record('Duration', 'other', 1, 7);
  });

  it.each([
    ['SampleCount', 4, 1],
    ['Sum', 100.5, 100],
    ['Average', 25.125, 100],
    ['Minimum', 10, 100],
    ['Maximum', 40, 100],
    ['p50', 20.5, 100],
    ['p75.5', 40, 100],
    ['p0', 10, 100],
    ['p100', 40, 100],
  ])('%s of each minute that has samples', async (stat, first, second) => {
    expect(await one('Duration', 'f', stat)).toEqual([
      [1, first],
      [3, second],
    ]);
  });

  it('joins minutes into longer periods, counted from the start', async () => {
    expect(await one('Duration', 'f', 'Sum', { Period: 300 })).toEqual([[0, 200.5]]);
    expect(await one('Duration', 'f', 'p90', { Period: 120 })).toEqual([
      [0, 40],
      [2, 100],
    ]);
  });

  it('finds the minute at its beginning where the period is shorter, for three hours', async () => {
    expect(await one('Duration', 'f', 'SampleCount', { Period: 10 })).toEqual([
      [1, 4],
      [3, 1],
    ]);
    const { MetricDataResults = [] } = await monitoring.getMetricData({
      MetricDataQueries: [
        query('Duration', 'f', 'Sum', { Period: 30 }),
        query('Duration', 'f', 'Sum', { Id: 'm' }),
      ],
      StartTime: monitoring.at(-121),
    });
    expect(MetricDataResults.map((result) => result.Values)).toEqual([[], [100.5, 100]]);
  });

  it('takes all functions together where no dimension is named', async () => {
    expect(await one('Duration', undefined, 'Sum')).toEqual([
      [1, 107.5],
      [3, 100],
    ]);
    expect(await one('Duration', undefined, 'p25')).toEqual([
      [1, 10],
      [3, 100],
    ]);
  });

  it('prefers what was recorded without dimensions', async () => {
    monitoring.record('ConcurrentExecutions', 'f', 1, 3);
    monitoring.record('ConcurrentExecutions', 'other', 1, 4);
    monitoring.record('ConcurrentExecutions', undefined, 1, 7);
    expect(await one('ConcurrentExecutions', undefined, 'Maximum')).toEqual([[1, 7]]);
  });

  it('knows units apart', async () => {
    expect(await one('Duration', 'f', 'Minimum', { Unit: 'Milliseconds' })).toHaveLength(2);
    expect(await one('Duration', 'f', 'Minimum', { Unit: 'Count' })).toEqual([]);
  });

  it('has no data for what was never recorded', async () => {
    expect(await one('Duration', 'unknown', 'Sum')).toEqual([]);
  });
});

it('percentiles are exact, whatever the values', async () => {
  let functions = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 900_000, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 100 }),
      async (values, percent) => {
        const functionName = `f${functions++}`;
        for (const value of values) monitoring.record('Duration', functionName, 5, value);
        const sorted = values.toSorted((a, b) => a - b);
        const expected = sorted[Math.ceil((percent * sorted.length) / 100) - 1];
        expect(await one('Duration', functionName, `p${percent}`)).toEqual([[5, expected]]);
      },
    ),
    { numRuns: 40 },
  );
});

it('keeps a busy minute within half a percent, its sum exact', async () => {
  const values = Array.from({ length: 30_000 }, (_, index) => 1000 + index / 7);
  for (const value of values) monitoring.record('Duration', 'busy', 2, value);
  const [[, median] = [0, Number.NaN]] = await one('Duration', 'busy', 'p50');
  expect(Math.abs(median / (values[14_999] ?? 0) - 1)).toBeLessThan(0.005);
  const [[, sum] = [0, Number.NaN]] = await one('Duration', 'busy', 'Sum');
  expect(sum).toBeCloseTo(values.reduce((total, value) => total + value));
  const rows = monitoring.cloud.environment.database.prepare('SELECT count(*) AS n FROM metric_value').get();
  expect(rows?.['n']).toBeLessThan(10_000 + 1_000);
});

it('keeps to its time range: the start rounded down to the minute, the end not part of it', async () => {
  for (const minute of [1, 2, 3]) monitoring.record('Invocations', 'f', minute, 1);
  const { MetricDataResults = [] } = await monitoring.getMetricData({
    MetricDataQueries: [query('Invocations', 'f', 'Sum')],
    StartTime: monitoring.at(1.9),
    EndTime: monitoring.at(3),
  });
  expect(line(MetricDataResults[0])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

it('answers newest first where nothing is said', async () => {
  for (const minute of [1, 2]) monitoring.record('Invocations', 'f', minute, minute);
  const { MetricDataResults = [], Messages } = await monitoring.getMetricData({
    MetricDataQueries: [
      query('Invocations', 'f', 'Sum', { Label: 'calls' }),
      query('Errors', 'f', 'Sum', { Id: 'e' }),
    ],
    ScanBy: undefined,
  });
  expect(MetricDataResults).toEqual([
    {
      Id: 'q',
      Label: 'calls',
      Timestamps: [monitoring.at(2), monitoring.at(1)],
      Values: [2, 1],
      StatusCode: 'Complete',
    },
    { Id: 'e', Label: 'Errors', Timestamps: [], Values: [], StatusCode: 'Complete' },
  ]);
  expect(Messages).toEqual([]);
});

it.each(['TimestampAscending', 'TimestampDescending'] as const)(
  'pages %s: every point once, whatever is recorded meanwhile',
  async (ScanBy) => {
    for (let minute = 0; minute < 10; minute++) monitoring.record('Invocations', 'f', minute, minute);
    for (let minute = 0; minute < 5; minute++) monitoring.record('Errors', 'f', minute, minute);
    const MetricDataQueries = [
      query('Invocations', 'f', 'Sum', { Id: 'i' }),
      query('Throttles', 'f', 'Sum', { Id: 't' }),
      query('Errors', 'f', 'Sum', { Id: 'e' }),
    ];
    const lines = new Map<string, [number, number][]>();
    const statuses: string[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await monitoring.getMetricData({ MetricDataQueries, ScanBy, MaxDatapoints: 4, NextToken });
      for (const result of page.MetricDataResults ?? []) {
        const { Id = '', StatusCode } = result;
        lines.set(Id, [...(lines.get(Id) ?? []), ...line(result)]);
        statuses.push(`${Id} ${StatusCode}`);
      }
      if (pages === 0 && ScanBy === 'TimestampDescending') monitoring.record('Invocations', 'f', 30, 99);
      NextToken = page.NextToken;
      pages += 1;
    } while (NextToken !== undefined && pages < 20);
    const upTo = (count: number): [number, number][] =>
      Array.from({ length: count }, (_, minute): [number, number] => [minute, minute]);
    const ordered = (points: [number, number][]) =>
      ScanBy === 'TimestampAscending' ? points : points.toReversed();
    expect(lines).toEqual(
      new Map([
        ['i', ordered(upTo(10))],
        ['t', []],
        ['e', ordered(upTo(5))],
      ]),
    );
    expect(pages).toBe(4);
    expect(statuses.slice(0, 3)).toEqual(['i PartialData', 't PartialData', 'e PartialData']);
    expect(statuses.slice(6, 9)).toEqual(['i Complete', 't Complete', 'e PartialData']);
    expect(statuses.at(-1)).toBe('e Complete');
  },
);

describe('refusals', () => {
  const valid = query('Invocations', 'f', 'Sum');
  it.each([
    ['metric math', { MetricDataQueries: [{ Id: 'm', Expression: 'a/b' }] }, 'NotImplemented', 'Expression'],
    [
      'a metric of another account',
      { MetricDataQueries: [{ ...valid, AccountId: '1' }] },
      'NotImplemented',
      'AccountId',
    ],
    [
      'a trimmed mean',
      { MetricDataQueries: [query('Duration', 'f', 'tm99')] },
      'NotImplemented',
      'statistic tm99',
    ],
    [
      'an unknown statistic',
      { MetricDataQueries: [query('Duration', 'f', 'Median')] },
      'ValidationException',
      "'Median'",
    ],
    [
      'a period of no CloudWatch',
      { MetricDataQueries: [query('Duration', 'f', 'Sum', { Period: 90 })] },
      'ValidationException',
      'multiple of 60',
    ],
    ['two queries of one id', { MetricDataQueries: [valid, valid] }, 'ValidationException', 'not unique'],
    [
      'no data to return',
      { MetricDataQueries: [{ ...valid, ReturnData: false }] },
      'ValidationException',
      'ReturnData',
    ],
    [
      'an end before the start',
      { MetricDataQueries: [valid], EndTime: new Date(0) },
      'ValidationException',
      'must be less than',
    ],
    [
      'a made-up token',
      { MetricDataQueries: [valid], NextToken: 'x' },
      'InvalidParameterValueException',
      'NextToken',
    ],
  ])('%s', async (_what, input, name, message) => {
    await expect(monitoring.getMetricData(input)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

it('a point is there at once, on disk a second later, and for 15 days', async () => {
  const { clock, cloud } = monitoring;
  const minutesOnDisk = () =>
    cloud.environment.database.prepare('SELECT count(*) AS n FROM metric_minute').get()?.['n'];
  monitoring.record('Invocations', 'f', 0, 1);
  expect(minutesOnDisk()).toBe(0);
  clock.advance(1_000);
  await expect.poll(minutesOnDisk).toBe(1);

  clock.advance(15 * 24 * 60 * MINUTE_MS);
  await expect.poll(minutesOnDisk).toBe(0);
});
