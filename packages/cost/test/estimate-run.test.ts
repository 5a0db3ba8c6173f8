import { expect, test } from 'vitest';
import { CostError, estimateRun, parsePriceTable, usEast1Prices } from '../src/index.ts';

const plan = {
  images: 1000,
  repetitions: 10,
  averageSizeBytes: 1_000_000,
  memoryMb: 2048,
  expectedDurationMs: 99.5,
  warmupImages: 0,
};

test('ten thousand invocations of 100 ms at 2 GB, priced by hand', () => {
  const estimate = estimateRun({
    ...plan,
    downloadedBytes: 2 ** 30,
    logBytesPerInvocation: 2 ** 30 / 10_000,
  });
  expect(estimate).toMatchObject({ modelled: true, region: 'us-east-1', pricesReadOn: '2026-11-21' });
  expect(estimate.lines.map(({ quantity, unit, amountUsd }) => [quantity, unit, amountUsd])).toEqual([
    [10_000, 'requests', 0.002],
    // 10,000 x 0.1 s x 2 GB; the fraction of a millisecond is rounded up.
    [2000, 'GB-seconds', 0.0333334],
    [30_001, 'requests', 0.150005],
    [20_001, 'requests', 0.0080004],
    [1, 'GB', 0.5],
    [1, 'GB', 0.09],
  ]);
  expect(estimate.totalUsd).toBe(0.7833388);
  // Only S3 is left: 0.150005 + 0.0080004.
  expect(estimate.freeTierNote).toContain('would pay $0.1580.');
  expect(estimate.uploadedBytes).toBe(10_000_000_000);
});

test('cold starts bill their init, warm-ups count, ARM is a fifth cheaper', () => {
  const warm = estimateRun({ ...plan, images: 10, repetitions: 1 });
  const cold = estimateRun({
    ...plan,
    images: 8,
    repetitions: 1,
    warmupImages: 2,
    coldStarts: 2,
    expectedInitMs: 400.1,
  });
  const duration = ({ lines }: typeof warm) => lines.find(({ unit }) => unit === 'GB-seconds');
  const others = ({ lines }: typeof warm) => lines.filter(({ unit }) => unit !== 'GB-seconds');
  expect(duration(warm)?.quantity).toBe(2);
  expect(duration(cold)?.quantity).toBe(2 + 2 * 0.401 * 2);
  expect(others(cold)).toEqual(others(warm));
  const arm = estimateRun({ ...plan, images: 10, repetitions: 1, architecture: 'arm64' });
  expect(duration(arm)?.amountUsd).toBe(2 * 0.0000133334);
});

test('a run of no images costs the two requests for its empty metrics file', () => {
  expect(estimateRun({ ...plan, images: 0 }).totalUsd).toBe(0.0000054);
});

test.each([
  [{ memoryMb: 64 }, 'memoryMb'],
  [{ images: -1 }, 'images'],
  [{ expectedDurationMs: Number.NaN }, 'expectedDurationMs'],
  [{ durationMs: 3 }, 'durationMs'],
])('the plan with %o is refused by name', (changes, name) => {
  expect(() => estimateRun({ ...plan, ...changes })).toThrow(CostError);
  expect(() => estimateRun({ ...plan, ...changes })).toThrow(name);
});

test('a price table of one’s own is used; what it lacks is named', () => {
  const logs = { unit: 'GB', per: 1, tiers: [{ usd: '0.57' }], source: 's3' };
  const dearer = parsePriceTable(
    { ...usEast1Prices, region: 'eu-west-1', prices: { ...usEast1Prices.prices, 'logs-ingested': logs } },
    'mine.json',
  );
  const estimate = estimateRun({ ...plan, logBytesPerInvocation: 2 ** 30 / 10_000 }, dearer);
  expect(estimate.region).toBe('eu-west-1');
  expect(estimate.lines.at(-1)?.amountUsd).toBe(0.57);

  const { 's3-get-requests': _, ...withoutGets } = usEast1Prices.prices;
  expect(() => estimateRun(plan, { ...usEast1Prices, region: 'my-region', prices: withoutGets })).toThrow(
    /my-region: no sourced price for S3 GET/,
  );
});
