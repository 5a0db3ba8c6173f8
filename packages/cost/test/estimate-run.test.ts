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
  expect(estimate).toMatchObject({ kind: 'modelled', priceRegion: 'us-east-1', priceDate: '2026-11-20' });
  expect(estimate.items.map(({ quantity, unit, usd }) => [quantity, unit, Number(usd.toFixed(9))])).toEqual([
    // 10,000 x 0.1 s x 2 GB; the fraction of a millisecond is rounded up.
    [2000, 'GB-seconds', 0.0333334],
    [10_000, 'requests', 0.002],
    [30_001, 'requests', 0.150005],
    [20_001, 'requests', 0.0080004],
    [1, 'GB', 0.09],
    [1, 'GB', 0.5],
  ]);
  expect(estimate.totalUsd).toBeCloseTo(0.0333334 + 0.002 + 0.150005 + 0.0080004 + 0.09 + 0.5, 12);
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
  expect(warm.items[0]?.quantity).toBeCloseTo(2, 12);
  expect(cold.items[0]?.quantity).toBeCloseTo(2 + 2 * 0.401 * 2, 12);
  expect(cold.items.slice(1)).toEqual(warm.items.slice(1));
  const arm = estimateRun({ ...plan, images: 10, repetitions: 1, architecture: 'arm64' });
  expect(arm.items[0]?.usd).toBeCloseTo(2 * 0.0000133334, 12);
});

test('the free tier is named, and whether the run fits into it', () => {
  expect(estimateRun(plan).freeTierNote).toContain('pays only for S3 requests and logs');
  expect(estimateRun(plan).freeTierNote).toContain('1,000,000 requests and 400,000 GB-seconds');
  expect(estimateRun({ ...plan, images: 100_001 }).freeTierNote).toContain('exceeds');
  expect(estimateRun({ ...plan, downloadedBytes: 101 * 2 ** 30 }).freeTierNote).toContain('exceeds');
});

test('a run of no images costs the two requests for its empty metrics file', () => {
  expect(estimateRun({ ...plan, images: 0 }).totalUsd).toBeCloseTo(0.005 / 1000 + 0.0004 / 1000, 15);
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

test('a price table of one’s own is used; one with an unknown or missing entry is refused by name', () => {
  const dearer = parsePriceTable(
    {
      ...usEast1Prices,
      region: 'eu-west-1',
      logs: { usdPerGbIngested: { usd: 0.57, source: 'https://example.com/' } },
    },
    'mine.json',
  );
  const estimate = estimateRun({ ...plan, logBytesPerInvocation: 2 ** 30 / 10_000 }, dearer);
  expect(estimate.priceRegion).toBe('eu-west-1');
  expect(estimate.items.at(-1)?.usd).toBeCloseTo(0.57, 12);
  expect(() => parsePriceTable({ ...usEast1Prices, asOf: 'today' }, 'mine.json')).toThrow(
    /mine\.json.*asOf/s,
  );
  expect(() => parsePriceTable({ ...usEast1Prices, discount: 1 }, 'mine.json')).toThrow('discount');
});
