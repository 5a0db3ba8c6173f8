import { expect, test } from 'vitest';
import {
  bill,
  CostError,
  type PriceItem,
  type PriceTable,
  parsePriceTable,
  priceAge,
  pricesOf,
  pricesReadOn,
  usEast1Prices,
} from '../src/index.ts';

const run = { volume: { kind: 'run' }, freeTier: false } as const;

test('us-east-1 has a price, a source and a date for everything that can be billed', () => {
  const items: readonly PriceItem[] = [
    'lambda-requests',
    'lambda-duration-x86_64',
    'lambda-duration-arm64',
    'lambda-ephemeral-storage',
    'lambda-provisioned-requests',
    'lambda-provisioned-concurrency-x86_64',
    'lambda-provisioned-concurrency-arm64',
    'lambda-provisioned-duration-x86_64',
    'lambda-provisioned-duration-arm64',
    'step-functions-transitions',
    'step-functions-express-requests',
    'step-functions-express-duration',
    's3-put-requests',
    's3-get-requests',
    'dynamodb-write-units',
    'dynamodb-read-units',
    'api-gateway-http-requests',
    'api-gateway-rest-requests',
    'logs-ingested',
    'transfer-out',
  ];
  expect(Object.keys(usEast1Prices.prices).toSorted()).toEqual(items.toSorted());
  for (const price of Object.values(usEast1Prices.prices)) {
    expect(usEast1Prices.sources[price.source]).toMatchObject({ readOn: '2026-11-21' });
  }
});

test('provisioned concurrency has a sourced price in us-east-1 alone', () => {
  const prices = pricesOf('eu-west-3');
  if (prices.kind !== 'prices') throw new Error('no prices');
  const entry = { architecture: 'arm64', memoryMb: 128, concurrency: 1, enabledMs: 1 } as const;
  const usage = { lambdaProvisioned: [{ ...entry, requests: 0, billedMs: 0 }] };
  expect(bill(usage, prices.table, run)).toMatchObject({
    kind: 'not priced',
    missing: [{ service: 'Lambda', item: 'provisioned concurrency arm64' }],
  });
});

test.each([
  ['us-west-1', 27.9],
  ['eu-west-3', 29.7],
  ['ap-south-1', 28.5],
  ['sa-east-1', 37.5],
])('a million transitions in %s cost $%d; what has no source there is named', (region, usd) => {
  const prices = pricesOf(region);
  if (prices.kind !== 'prices') throw new Error('no prices');
  expect(bill({ stepFunctions: { transitions: 1e6 } }, prices.table, run)).toMatchObject({
    region,
    totalUsd: usd,
  });
  const usage = { stepFunctions: { transitions: 1 }, s3: { putRequests: 1 }, logs: { ingestedBytes: 1 } };
  expect(bill(usage, prices.table, run)).toEqual({
    kind: 'not priced',
    region,
    pricesReadOn: '2026-11-21',
    missing: [
      { service: 'S3', item: 'PUT, COPY, POST and LIST requests' },
      { service: 'CloudWatch Logs', item: 'ingested' },
    ],
  });
});

test('a region without any source has no table, and no other region stands in for it', () => {
  expect(pricesOf('eu-central-1')).toEqual({
    kind: 'no prices',
    region: 'eu-central-1',
    regions: ['us-east-1', 'us-west-1', 'eu-west-3', 'ap-south-1', 'sa-east-1'],
  });
});

test('a table is as old as its oldest source', () => {
  const [name = ''] = Object.keys(usEast1Prices.sources);
  const source = usEast1Prices.sources[name];
  if (source === undefined) throw new Error('no source');
  const older = { ...usEast1Prices.sources, [name]: { ...source, readOn: '2025-01-31' } };
  expect(pricesReadOn(usEast1Prices)).toBe('2026-11-21');
  expect(pricesReadOn({ ...usEast1Prices, sources: older })).toBe('2025-01-31');
});

test.each([
  ['2026-11-21', 'current', 0],
  ['2027-05-20', 'current', 180],
  ['2027-05-21', 'stale', 181],
  ['2026-11-20', 'ahead', -1],
])('prices read on 2026-11-21 are, on %s, %s', (today, kind, ageDays) => {
  expect(priceAge('2026-11-21', today)).toEqual({ kind, ageDays, limitDays: 180 });
});

test.each(['yesterday', '2026-02-30', '21.11.2026'])('the date %s is refused', (date) => {
  expect(() => priceAge('2026-11-21', date)).toThrow(`today is a date as YYYY-MM-DD, got ${date}`);
  expect(() => priceAge(date, '2026-11-21')).toThrow('pricesReadOn');
});

const transitions = usEast1Prices.prices['step-functions-transitions'];
const withTransitions = (changes: object) => ({
  prices: { ...usEast1Prices.prices, 'step-functions-transitions': { ...transitions, ...changes } },
});

test.each<[string, object, string]>([
  ['an unknown field', { discount: 0.1 }, 'discount'],
  ['an unknown item', { prices: { 'lambda-snapstart': transitions } }, 'lambda-snapstart'],
  ['a price as a double', withTransitions({ tiers: [{ usd: 0.025 }] }), 'usd'],
  ['a price in another notation', withTransitions({ tiers: [{ usd: '2.5e-2' }] }), 'decimal such as'],
  ['another unit', withTransitions({ unit: 'requests' }), 'expected transitions, got requests'],
  ['no such source', withTransitions({ source: 'hearsay' }), 'no source is called hearsay'],
  ['no tier', withTransitions({ tiers: [] }), 'tiers'],
  ['a last tier that ends', withTransitions({ tiers: [{ usd: '1', upTo: 5 }] }), 'a last tier without one'],
  [
    'tiers that do not rise',
    withTransitions({ tiers: [{ usd: '1', upTo: 5 }, { usd: '1', upTo: 5 }, { usd: '1' }] }),
    'rising upTo',
  ],
  [
    'an item in two allowances',
    { freePerMonth: [...usEast1Prices.freePerMonth, ...usEast1Prices.freePerMonth] },
    'two allowances',
  ],
  [
    'an allowance beyond the first tier',
    { freePerMonth: [{ items: ['logs-ingested'], quantity: 20_000, source: 'logs-free' }] },
    'exceeds the first tier of logs-ingested',
  ],
  [
    'a date that is none',
    { sources: { s3: { url: 'https://example.com/', readOn: 'today', reading: 'read' } } },
    'readOn',
  ],
])('a table with %s is refused by file and field', (_, changes, message) => {
  const parse = (): PriceTable => parsePriceTable({ ...usEast1Prices, ...changes }, 'mine.json');
  expect(parse).toThrow(CostError);
  expect(parse).toThrow('mine.json is not a price table');
  expect(parse).toThrow(message);
});
