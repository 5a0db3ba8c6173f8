import { expect, test } from 'vitest';
import { bill, CostError, usageOfReports, usEast1Prices } from '../src/index.ts';

const line = { durationMs: 273.93, billedMs: 274, memorySizeMb: 128, initMs: null, billedRestoreMs: null };

test('billed milliseconds, INIT included, are summed by memory size', () => {
  const { lambda, initsNotBilled } = usageOfReports(
    [
      // 5610.09 + 995.80 = 6605.89, rounded up
      { ...line, durationMs: 5610.09, billedMs: 6606, memorySizeMb: 1769, initMs: 995.8 },
      line,
      { ...line, durationMs: 12.01, billedMs: 13, memorySizeMb: 1769 },
      line,
    ],
    { architecture: 'arm64' },
  );
  expect(lambda).toEqual([
    { architecture: 'arm64', memoryMb: 128, ephemeralStorageMb: 512, requests: 2, billedMs: 548 },
    { architecture: 'arm64', memoryMb: 1769, ephemeralStorageMb: 512, requests: 2, billedMs: 6619 },
  ]);
  expect(initsNotBilled).toBe(0);

  const result = bill({ lambda }, usEast1Prices, { volume: { kind: 'run' }, freeTier: false });
  // Requests 4 x 0.0000002 = 0.0000008.
  // (0.548 x 128 + 6.619 x 1769) / 1024 = (70.144 + 11709.011) / 1024 = 11.5030810546875 GB-s
  // x 0.0000133334 = 0.00015337518093...; together 0.00015417518093...
  expect(result).toMatchObject({
    lines: [{ amountUsd: 0.0000008 }, { quantity: 11.5030810546875, amountUsd: 0.000153375181 }],
    totalUsd: 0.000154175181,
  });
});

test('lines from before August 2025 are billed as they stand, and counted', () => {
  const old = { ...line, initMs: 399.68 };
  const { lambda, initsNotBilled } = usageOfReports([old, line], {
    architecture: 'x86_64',
    ephemeralStorageMb: 1024,
  });
  expect(lambda).toEqual([
    { architecture: 'x86_64', memoryMb: 128, ephemeralStorageMb: 1024, requests: 2, billedMs: 548 },
  ]);
  expect(initsNotBilled).toBe(1);
});

test('SnapStart, which has no sourced price, is refused', () => {
  const restored = [{ ...line, billedRestoreMs: 100 }];
  expect(() => usageOfReports(restored, { architecture: 'x86_64' })).toThrow(CostError);
  expect(() => usageOfReports(restored, { architecture: 'x86_64' })).toThrow('SnapStart');
});
