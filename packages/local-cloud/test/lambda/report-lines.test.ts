import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  billedDurationMs,
  initReportLine,
  reportLine,
} from '../../src/services/lambda/environments/report-lines.ts';

const warm = {
  requestId: 'id',
  durationMs: 2.9,
  initDurationMs: undefined,
  memoryMb: 128,
  maxMemoryUsedBytes: 35.2 * 1024 * 1024,
  failure: undefined,
};

test('warm, cold, timed out and failed invocations', () => {
  const start = 'REPORT RequestId: id\t';
  expect(reportLine(warm)).toBe(
    `${start}Duration: 2.90 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n`,
  );
  expect(reportLine({ ...warm, durationMs: 5610.09, initDurationMs: 995.8 })).toBe(
    `${start}Duration: 5610.09 ms\tBilled Duration: 6606 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 995.80 ms\t\n`,
  );
  expect(
    reportLine({ ...warm, durationMs: 3000, failure: { status: 'timeout', errorType: undefined } }),
  ).toBe(
    `${start}Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: timeout\t\n`,
  );
  expect(reportLine({ ...warm, failure: { status: 'error', errorType: 'Runtime.ExitError' } })).toContain(
    '\tStatus: error\tError Type: Runtime.ExitError\t\n',
  );
  expect(initReportLine(10_000, 'init', { status: 'timeout', errorType: undefined })).toBe(
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n',
  );
});

test('billed is the printed time rounded up, with init as one sum', () => {
  expect(billedDurationMs(172_220.61, 523.84)).toBe(172_745);
  expect(billedDurationMs(1.004, undefined)).toBe(1);
  expect(billedDurationMs(1.006, undefined)).toBe(2);
  fc.assert(
    fc.property(fc.nat(1e8), fc.option(fc.nat(1e6), { nil: undefined }), (duration, init) => {
      expect(billedDurationMs(duration / 100, init === undefined ? undefined : init / 100)).toBe(
        Number((BigInt(duration) + BigInt(init ?? 0) + 99n) / 100n),
      );
    }),
  );
});
