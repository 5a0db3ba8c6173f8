import { expect, test } from 'vitest';
import {
  type Bill,
  type BillOptions,
  bill,
  type PriceTable,
  type Usage,
  usEast1Prices,
} from '../src/index.ts';

const run = { volume: { kind: 'run' }, freeTier: false } as const satisfies BillOptions;

function billed(usage: Usage, options: BillOptions = run, prices: PriceTable = usEast1Prices): Bill {
  const result = bill(usage, prices, options);
  if (result.kind === 'not priced') throw new Error(`no price for ${JSON.stringify(result.missing)}`);
  return result;
}

const amounts = ({ lines }: Bill) =>
  lines.map(({ item, quantity, amountUsd }) => [item, quantity, amountUsd]);

test('a run is billed by service, to the cent of a micro-dollar and beyond', () => {
  const result = billed({
    lambda: [
      { architecture: 'arm64', memoryMb: 1769, requests: 3, billedMs: 6606 + 274 + 301 },
      { architecture: 'x86_64', memoryMb: 512, ephemeralStorageMb: 1536, requests: 1, billedMs: 2500 },
    ],
    stepFunctions: { transitions: 7, express: [{ executions: 2, durationMs: 101, memoryMb: 65 }] },
    s3: { putRequests: 3, getRequests: 5 },
    dynamoDb: { writeUnits: 4, readUnits: 9 },
    apiGateway: { httpRequests: 2, restRequests: 3 },
    logs: { ingestedBytes: 2 ** 20 },
    transfer: { outBytes: 3 * 2 ** 20 },
  });
  expect(result).toMatchObject({
    kind: 'bill',
    modelled: true,
    region: 'us-east-1',
    pricesReadOn: '2026-11-21',
    freeTier: false,
  });
  expect(amounts(result)).toEqual([
    // 4 x 0.20 / 1,000,000
    ['requests', 4, 0.0000008],
    // 2.5 s x 512/1024 GB = 1.25 GB-s; x 0.0000166667 = 0.000020833375
    ['duration x86_64', 1.25, 0.000020833375],
    // 7.181 s x 1769/1024 = 12703.189/1024 = 12.4054580078125 GB-s; x 0.0000133334 = 0.00016540693380136...
    ['duration arm64', 12.4054580078125, 0.000165406934],
    // 2.5 s x (1536 - 512)/1024 GB = 2.5 GB-s; x 0.0000000309 = 0.00000007725
    ['ephemeral storage above 512 MB', 2.5, 0.00000007725],
    // 7 x 0.025 / 1000
    ['Standard state transitions', 7, 0.000175],
    // 2 x 1.00 / 1,000,000
    ['Express requests', 2, 0.000002],
    // 2 x 200 ms x 128/1024 GB = 50 GB-ms = 0.05/3600 GB-h = 0.0000138888...; x 0.06 = 0.000000833333...
    ['Express duration', 0.05 / 3600, 0.000000833333],
    // 3 x 0.005 / 1000 and 5 x 0.0004 / 1000
    ['PUT, COPY, POST and LIST requests', 3, 0.000015],
    ['GET and other requests', 5, 0.000002],
    // 4 x 0.625 / 1,000,000 and 9 x 0.125 / 1,000,000
    ['write request units', 4, 0.0000025],
    ['read request units', 9, 0.000001125],
    // 2 x 1.00 / 1,000,000 and 3 x 3.50 / 1,000,000
    ['HTTP API requests', 2, 0.000002],
    ['REST API requests', 3, 0.0000105],
    // 1/1024 GB x 0.50 and 3/1024 GB x 0.09
    ['ingested', 1 / 1024, 0.00048828125],
    ['out to the internet', 3 / 1024, 0.000263671875],
  ]);
  // Lambda: 0.0000008 + 0.000020833375 + 0.000165406933801... + 0.00000007725 = 0.000187117558801...
  expect(result.services[0]).toEqual({ service: 'Lambda', amountUsd: 0.000187117559 });
  // Step Functions: 0.000175 + 0.000002 + 0.000000833333... = 0.000177833333...
  expect(result.services[1]).toEqual({ service: 'Step Functions', amountUsd: 0.000177833333 });
  // 0.000187117558801 + 0.000177833333333 + 0.000017 + 0.000003625 + 0.0000125 + 0.00048828125 + 0.000263671875
  expect(result.totalUsd).toBe(0.001150029017);
});

test('AWS’s example of Express: 100 million workflows of 10 s and 62.85 MB', () => {
  const result = billed({
    stepFunctions: { express: [{ executions: 100e6, durationMs: 10_000, memoryMb: 62.85 }] },
  });
  // 100e6 x 10 s x 64/1024 GB = 62,500,000 GB-s = 17,361.11 GB-h: 1,000 + 4,000 + 12,361.11
  expect(result.lines.map(({ tier, amountUsd }) => [tier, Number(amountUsd.toFixed(2))])).toEqual([
    [1, 100],
    [1, 60],
    [2, 120],
    [3, 202.97],
  ]);
  expect(result.totalUsd.toFixed(2)).toBe('482.97');
});

test('AWS’s example of Lambda: 3 million invocations of 1 s at 512 MB, with the free tier', () => {
  const result = billed(
    { lambda: [{ architecture: 'x86_64', memoryMb: 512, requests: 3e6, billedMs: 3e9 }] },
    { ...run, freeTier: true },
  );
  // 2,000,000 x 0.20/1e6 = 0.40; (1,500,000 - 400,000) x 0.0000166667 = 18.33337. AWS’s page, when the price was
  // 0.00001667, said 18.34 + 0.40.
  expect(amounts(result)).toEqual([
    ['requests', 1e6, 0],
    ['requests', 2e6, 0.4],
    ['duration x86_64', 400_000, 0],
    ['duration x86_64', 1_100_000, 18.33337],
  ]);
  expect(result.totalUsd).toBe(18.73337);
});

test('published reckonings of DynamoDB, logs, HTTP API and data out', () => {
  // https://airbyte.com/data-engineering-resources/dynamodb-pricing: 0.65 million writes
  expect(billed({ dynamoDb: { writeUnits: 650_000 } }).totalUsd).toBe(0.40625);
  // https://www.duckbillgroup.com/?p=9080: 60,000 GB = 5,000 + 5,000 + 2,000 + 500
  expect(billed({ logs: { ingestedBytes: 60_000 * 2 ** 30 } }).totalUsd).toBe(12_500);
  // https://awsforengineers.com/blog/aws-api-gateway-pricing-explained: 216 million
  expect(billed({ apiGateway: { httpRequests: 216e6 } }).totalUsd).toBe(216);
  // https://cloud-cost-557.pages.dev/blog/estimate-aws-data-transfer-bill/: 5 TB, 100 GB free, 5,020 x 0.09
  const sent = { transfer: { outBytes: 5120 * 2 ** 30 } };
  expect(billed(sent, { ...run, freeTier: true }).totalUsd).toBe(451.8);
});

test('a month costs what the run did, for each of its images, exactly', () => {
  const usage: Usage = {
    lambda: [{ architecture: 'x86_64', memoryMb: 1024, requests: 3, billedMs: 1000 }],
    stepFunctions: { transitions: 10 },
  };
  const monthly = { kind: 'monthly', imagesInRun: 3, imagesPerMonth: 1e6 } as const;
  // A million invocations: 0.20; a third of a million GB-s x 0.0000166667 = 5.5555666...; 3,333,333.33 x 0.000025
  const list = billed(usage, { volume: monthly, freeTier: false });
  expect(list.lines.map(({ amountUsd }) => amountUsd)).toEqual([0.2, 5.555566666667, 83.333333333333]);
  expect(list.totalUsd).toBe(89.0889);
  // Free: all requests, all GB-s, 4,000 transitions: (3,333,333.33 - 4,000) x 0.000025 = 83.2333...
  expect(billed(usage, { volume: monthly, freeTier: true }).totalUsd).toBe(83.233333333333);
  expect(billed(usage, { volume: { ...monthly, imagesPerMonth: 0 }, freeTier: false }).lines).toEqual([]);
});

test('the free GB-seconds of Lambda are shared by the architectures', () => {
  const lambda = (['x86_64', 'arm64'] as const).map((architecture) => ({
    architecture,
    memoryMb: 1024,
    requests: 0,
    billedMs: 300_000_000,
  }));
  const result = billed({ lambda }, { ...run, freeTier: true });
  // 300,000 GB-s each: x86_64 is covered, 100,000 are left for arm64, which pays 200,000 x 0.0000133334.
  expect(amounts(result)).toEqual([
    ['duration x86_64', 300_000, 0],
    ['duration arm64', 100_000, 0],
    ['duration arm64', 200_000, 2.66668],
  ]);
});

test('provisioned concurrency: a thousand environments of 1 GB for two hours, and 1.2 million seconds of work', () => {
  const entry = { architecture: 'x86_64', memoryMb: 1024, concurrency: 1000, enabledMs: 7_200_000 } as const;
  const lambdaProvisioned = [{ ...entry, requests: 1.2e6, billedMs: 1.2e9 }];
  const result = billed({ lambdaProvisioned }, { ...run, freeTier: true });
  // 1,000 x 7,200 s x 1 GB = 7,200,000 GB-s x 0.0000041667 = 30.00024; 1,200,000 GB-s x 0.0000097222 = 11.66664;
  // 1.2 x 0.20 = 0.24. The free tier takes nothing off.
  expect(amounts(result)).toEqual([
    ['provisioned requests', 1.2e6, 0.24],
    ['provisioned concurrency x86_64', 7.2e6, 30.00024],
    ['provisioned duration x86_64', 1.2e6, 11.66664],
  ]);
  expect(result.totalUsd).toBe(41.90688);
});

test.each([
  [0, 0],
  [1, 300],
  [300_000, 300],
  [300_000.5, 600],
  [754_000, 900],
])('provisioned for %d ms is billed for %d s', (enabledMs, seconds) => {
  const entry = { architecture: 'arm64', memoryMb: 512, requests: 0, billedMs: 0, concurrency: 2 } as const;
  // 2 environments x 0.5 GB: a GB-second each second, at 0.0000033334.
  const expected =
    seconds === 0 ? [] : [['provisioned concurrency arm64', seconds, (seconds * 33_334) / 1e10]];
  expect(amounts(billed({ lambdaProvisioned: [{ ...entry, enabledMs }] }))).toEqual(expected);
});

test('what went beyond the provisioned environments costs the usual price beside them, /tmp included', () => {
  const function_ = { architecture: 'arm64', memoryMb: 1024, ephemeralStorageMb: 1536 } as const;
  const result = billed({
    lambda: [{ ...function_, requests: 1, billedMs: 2000 }],
    lambdaProvisioned: [{ ...function_, requests: 3, billedMs: 5000, concurrency: 1, enabledMs: 60_000 }],
  });
  expect(amounts(result)).toEqual([
    ['requests', 1, 0.0000002],
    // 2 GB-s x 0.0000133334
    ['duration arm64', 2, 0.0000266668],
    // (2 + 5) s x 1 GB x 0.0000000309
    ['ephemeral storage above 512 MB', 7, 0.0000002163],
    ['provisioned requests', 3, 0.0000006],
    // 300 GB-s x 0.0000033334 and 5 GB-s x 0.0000077778
    ['provisioned concurrency arm64', 300, 0.00100002],
    ['provisioned duration arm64', 5, 0.000038889],
  ]);
});

test.each([
  [{ lambda: [{ architecture: 'x86_64', memoryMb: 64, requests: 1, billedMs: 1 }] }, 'memoryMb'],
  [
    {
      lambdaProvisioned: [{ architecture: 'arm64', memoryMb: 128, requests: 0, billedMs: 0, concurrency: 0 }],
    },
    'concurrency',
  ],
  [{ s3: { putRequests: -1 } }, 'putRequests'],
  [{ logs: { ingestedBytes: Number.NaN } }, 'ingestedBytes'],
  [{ transfer: { outBytes: Number.POSITIVE_INFINITY } }, 'outBytes'],
  [{ sqs: { requests: 1 } }, 'sqs'],
])('the usage %j is refused by name', (usage, name) => {
  // A plain object from a file has not been through the compiler.
  expect(() => bill(usage as Usage, usEast1Prices, run)).toThrow(name);
});

test.each([
  [{ imagesInRun: 0, imagesPerMonth: 1 }, 'imagesInRun'],
  [{ imagesInRun: 1, imagesPerMonth: Number.NaN }, 'imagesPerMonth'],
])('the volume %j is refused by name', (volume, name) => {
  const options = { volume: { kind: 'monthly' as const, ...volume }, freeTier: false };
  expect(() => bill({}, usEast1Prices, options)).toThrow(name);
});
