import { expect, test } from 'vitest';
import {
  bill,
  type CloudSide,
  type CompareOptions,
  type CostComparison,
  compareCosts,
  type OnPremMeasured,
  type OnPremParameters,
  pricesOf,
  usEast1Prices,
} from '../src/index.ts';

/** 600 / (12 x 5) = 10 USD a server and month, a million images of 2.628 s each. */
const tenDollars: Partial<OnPremParameters> = {
  serverUsd: 600,
  amortisationYears: 5,
  energyUsdPerKwh: 0,
  administratorUsdPerYear: 0,
  coresPerServer: 1,
  utilisation: 1,
};
const secondsEach = (seconds: number): OnPremMeasured => ({
  kind: 'cpu-seconds',
  perImage: Array.from({ length: 10 }, () => seconds),
});

/** So many PUT requests, at 5 USD a million, for ten images. */
const puts = (putRequests: number): CloudSide => ({
  usage: { s3: { putRequests } },
  images: 10,
  billedMsPerImage: Array.from({ length: 10 }, () => 100),
  prices: usEast1Prices,
  freeTier: false,
});

function compared(
  cloud: CloudSide,
  measured: OnPremMeasured,
  parameters: Partial<OnPremParameters> = tenDollars,
  options: Partial<CompareOptions> = {},
): CostComparison {
  const result = compareCosts(
    cloud,
    { measured, parameters },
    { seed: 1, resamples: 200, pairing: 'independent', ...options },
  );
  if (result.kind === 'not priced') throw new Error('not priced');
  return result;
}

test('one crossing: 20.5 USD a million in the cloud, 10 USD a server', () => {
  // 41 PUT for ten images: 20.5 USD a million. 10 / 20.5 of a million; at the second server 20.5 > 20, and so on.
  const result = compared(puts(41), secondsEach(2.628));
  expect(result.first).toBeCloseTo(487_804.878, 3);
  expect(result.lasting).toBe(result.first);
  expect(result.outcome).toEqual({
    kind: 'crosses',
    cheaperAtLow: 'cloud',
    cheaperAtHigh: 'on-prem',
    crossings: [{ imagesPerMonth: result.first, cheaperAbove: 'on-prem' }],
    hasMore: false,
  });
  expect(result).toMatchObject({
    modelled: true,
    region: 'us-east-1',
    pricesReadOn: '2026-11-21',
    range: { low: 1e3, high: 1e10 },
  });
});

test('several crossings, because servers are whole', () => {
  // 16 USD a million. 1 server: 10/16 = 625,000. Second server: 16 < 20. 20/16 = 1,250,000. Third: 32 > 30.
  const result = compared(puts(32), secondsEach(2.628));
  if (result.outcome.kind !== 'crosses') throw new Error('expected crossings');
  const { crossings } = result.outcome;
  expect(crossings.map(({ cheaperAbove }) => cheaperAbove)).toEqual(['on-prem', 'cloud', 'on-prem']);
  expect(crossings[0]?.imagesPerMonth).toBeCloseTo(625_000, 3);
  expect(crossings[1]?.imagesPerMonth).toBeCloseTo(1_000_000, 3);
  expect(crossings[2]?.imagesPerMonth).toBeCloseTo(1_250_000, 3);
  expect(result.first).toBe(crossings[0]?.imagesPerMonth);
  expect(result.lasting).toBe(crossings[2]?.imagesPerMonth);
  // Nothing varies, so neither do the volumes.
  expect(result.interval).toEqual({
    kind: 'interval',
    confidence: 0.95,
    resamples: 200,
    first: { low: result.first, high: result.first },
    lasting: { low: result.lasting, high: result.lasting },
  });
});

test('near parity there are hundreds of crossings; the first twenty are listed and the last is found', () => {
  // 10.02 USD a million against 10 USD a server that does a million: from 499 servers on, full ones are always worth it.
  const cloud = { ...puts(0), usage: { s3: { putRequests: 20_040 } }, images: 10_000 };
  const result = compared(cloud, secondsEach(2.628));
  if (result.outcome.kind !== 'crosses') throw new Error('expected crossings');
  expect(result.outcome).toMatchObject({ cheaperAtHigh: 'on-prem', hasMore: true });
  expect(result.outcome.crossings).toHaveLength(20);
  // Lost at the start of server k where 10.02 (k - 1) < 10 k, k < 501: the 500th is the last, won again at 5,000 / 10.02 million.
  expect(result.lasting).toBeCloseTo((5000 / 10.02) * 1e6, 0);
});

test('no break-even where a full server is dearer than the same images in the cloud', () => {
  const result = compared(puts(10), secondsEach(2.628));
  expect(result.outcome).toEqual({ kind: 'never crosses', cheaper: 'cloud' });
  expect(result).toMatchObject({ first: 'above the range', lasting: 'above the range' });
  expect(result.interval).toMatchObject({
    first: { low: 'above the range', high: 'above the range' },
    lasting: { low: 'above the range', high: 'above the range' },
  });
});

test('on-prem can be cheaper throughout', () => {
  const result = compared(puts(41), secondsEach(2.628), tenDollars, { range: { low: 6e5, high: 1e9 } });
  expect(result.outcome).toEqual({ kind: 'never crosses', cheaper: 'on-prem' });
  expect(result).toMatchObject({ first: 'below the range', lasting: 'below the range' });
});

test('a discount of a higher tier gives the cloud back what it had lost', () => {
  // REST API: 3.50 USD a million up to 333 million, 1.51 beyond 20,000 million; a server does a million for 2 USD.
  const cloud = { ...puts(0), usage: { apiGateway: { restRequests: 10 } } };
  const parameters = { ...tenDollars, serverUsd: 120 };
  const result = compared(cloud, secondsEach(2.628), parameters, { range: { low: 1e3, high: 1e12 } });
  if (result.outcome.kind !== 'crosses') throw new Error('expected crossings');
  expect(result.outcome).toMatchObject({ cheaperAtLow: 'cloud', cheaperAtHigh: 'cloud' });
  expect(result.first).toBeCloseTo((2 / 3.5) * 1e6, 3);
  expect(result.lasting).toBe('above the range');
});

test('a cheap tier just where a server is full loses one step, no more', () => {
  // The first million for 20 USD, the second for 9, each further one for 16. Two million: 29 < 30, the third server is lost
  // at its start and won back at 2,062,500 for 30 USD. Three million: 45 > 40.
  const tiers = [{ usd: '0.020', upTo: 1e6 }, { usd: '0.009', upTo: 2e6 }, { usd: '0.016' }];
  const putPrice = { unit: 'requests', per: 1000, tiers, source: 's3' };
  const prices = { ...usEast1Prices, prices: { 's3-put-requests': putPrice } };
  const result = compared({ ...puts(10), prices }, secondsEach(2.628));
  if (result.outcome.kind !== 'crosses') throw new Error('expected crossings');
  const volumes = result.outcome.crossings.map(({ imagesPerMonth }) => Math.round(imagesPerMonth));
  expect(volumes).toEqual([500_000, 2_000_000, 2_062_500]);
  expect(result.lasting).toBeCloseTo(2_062_500, 3);
});

test('two architectures share what is free before the first is billed', () => {
  // 1 GB-s an image on each. The 400,000 free ones last for 200,000 images. From there x86_64 takes them from arm64, which
  // at 300,000 images is billed for 300,000 - 100,000 GB-s: 200,000 x 0.0000133334 = 2.66668 USD.
  const lambda = (['x86_64', 'arm64'] as const).map((architecture) => ({
    architecture,
    memoryMb: 1024,
    requests: 0,
    billedMs: 10_000,
  }));
  const result = compared({ ...puts(0), usage: { lambda }, freeTier: true }, secondsEach(2.628), {
    ...tenDollars,
    serverUsd: 60 * 2.66668,
  });
  expect(result.first).toBeCloseTo(300_000, 3);
});

const varied = (scale: number) => Array.from({ length: 30 }, (_, index) => scale * (1 + (index % 10)));
const lambda: CloudSide = {
  usage: {
    lambda: [{ architecture: 'x86_64', memoryMb: 1024, requests: 30, billedMs: 30 * 550 }],
  },
  images: 30,
  billedMsPerImage: varied(100),
  prices: usEast1Prices,
  freeTier: false,
};
const cpuSeconds: OnPremMeasured = { kind: 'cpu-seconds', perImage: varied(0.1) };

test('the interval is about the break-even, repeats with its seed and narrows where images are paired', () => {
  const result = compared(lambda, cpuSeconds);
  // 0.0000002 + 0.55 x 0.0000166667 = 0.000009366685 USD an image; a server for 10 USD is full at 4,778,181 images, 44.76 USD.
  expect(result.first).toBeCloseTo(10 / 0.000009366685, 3);
  const first = firstOf(result);
  expect(first.low).toBeLessThan(10 / 0.000009366685);
  expect(first.high).toBeGreaterThan(10 / 0.000009366685);
  expect(compared(lambda, cpuSeconds)).toEqual(result);
  expect(firstOf(compared(lambda, cpuSeconds, tenDollars, { seed: 2 }))).not.toEqual(first);

  // Long images in the cloud are long on-prem: drawn together, they cannot be unlucky on one side alone.
  // A server for 43.33 USD a month does in full what costs 44.76 in the cloud.
  const parity = { ...tenDollars, serverUsd: 2600 };
  const paired = compared(lambda, cpuSeconds, parity, { pairing: 'by image' });
  const independent = compared(lambda, cpuSeconds, parity);
  expect(lastingOf(independent).high).toBe('above the range');
  expect(lastingOf(paired).high).toBeLessThan(1e10);
});

test('six samples are needed on each side for an interval; without one the curve has no band', () => {
  const few: OnPremMeasured = { kind: 'cpu-seconds', perImage: [0.5, 0.5, 0.6, 0.6, 0.55] };
  const result = compared(lambda, few);
  expect(result.interval).toEqual({ kind: 'too few', n: [30, 5] });
  expect(result.curve[0]?.onPrem).toMatchObject({ usd: 10, lowUsd: null, highUsd: null });
  expect(result.curve[0]?.cloud.lowUsd).toBeGreaterThan(0);
});

test('the curve is the bill and the stair, at four volumes a decade from 10^3 to 10^10', () => {
  for (const freeTier of [false, true]) {
    const usage = {
      lambda: [
        ...(lambda.usage.lambda ?? []),
        { architecture: 'arm64' as const, memoryMb: 512, requests: 30, billedMs: 3000 },
      ],
      stepFunctions: { transitions: 150, express: [{ executions: 30, durationMs: 900, memoryMb: 64 }] },
      logs: { ingestedBytes: 30_000 },
      transfer: { outBytes: 30 * 500_000 },
    };
    const { curve } = compared({ ...lambda, usage, freeTier }, cpuSeconds);
    expect(curve.map(({ imagesPerMonth }) => imagesPerMonth).filter((_, index) => index % 4 === 0)).toEqual([
      1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
    ]);
    expect(curve).toHaveLength(29);
    for (const { imagesPerMonth, cloud, onPrem } of curve) {
      const volume = { kind: 'monthly' as const, imagesInRun: 30, imagesPerMonth };
      const month = bill(usage, usEast1Prices, { volume, freeTier });
      if (month.kind === 'not priced') throw new Error('not priced');
      expect(Math.abs(cloud.usd - month.totalUsd)).toBeLessThanOrEqual(1e-10 * month.totalUsd);
      expect(cloud.lowUsd).toBeLessThanOrEqual(cloud.usd * (1 + 1e-12));
      expect(cloud.highUsd).toBeGreaterThanOrEqual(cloud.usd * (1 - 1e-12));
      expect(onPrem.usd).toBeCloseTo(10 * onPrem.servers, 6);
      expect(onPrem.lowUsd).toBeLessThanOrEqual(onPrem.usd);
      expect(onPrem.highUsd).toBeGreaterThanOrEqual(onPrem.usd);
    }
  }
});

test('what has no price in a region is named instead of a comparison', () => {
  const paris = pricesOf('eu-west-3');
  if (paris.kind !== 'prices') throw new Error('no prices');
  const options = { seed: 1, pairing: 'independent' } as const;
  expect(compareCosts({ ...lambda, prices: paris.table }, { measured: cpuSeconds }, options)).toMatchObject({
    kind: 'not priced',
    region: 'eu-west-3',
    missing: [
      { service: 'Lambda', item: 'requests' },
      { service: 'Lambda', item: 'duration x86_64' },
    ],
  });
});

test.each<[string, Partial<CloudSide>, Partial<CompareOptions>, string]>([
  [
    'sides of different length',
    { billedMsPerImage: [100, 200] },
    { pairing: 'by image' },
    'one value for each image',
  ],
  ['a billed duration of 0', { billedMsPerImage: [100, 0] }, {}, 'value 2 of 2 is 0'],
  ['no images', { images: 0 }, {}, 'images is a whole number'],
  ['nothing used', { usage: {} }, {}, 'nothing that costs anything'],
  ['a range upside down', {}, { range: { low: 10, high: 1 } }, 'The range goes from'],
  ['a seed that is none', {}, { seed: 0.5 }, 'seed is a 32-bit integer'],
])('%s: refused', (_, cloud, options, message) => {
  expect(() => compared({ ...lambda, ...cloud }, cpuSeconds, tenDollars, options)).toThrow(message);
});

function firstOf({ interval }: CostComparison) {
  if (interval.kind !== 'interval') throw new Error('too few');
  return interval.first;
}

function lastingOf({ interval }: CostComparison) {
  if (interval.kind !== 'interval') throw new Error('too few');
  return interval.lasting;
}
