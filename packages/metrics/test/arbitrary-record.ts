import fc from 'fast-check';
import type { ImageRecord } from '../src/index.ts';

/** Names and messages as strangers choose them: quotes, separators, line ends, formulas, any Unicode. */
export const nastyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '=', "'", ' ', '\uFEFF', '\0', 'é', '𝄞'),
  }),
  fc.constantFrom('=1+1', '-2', '+3', '@x', '""', '\r\n', ' a ', 'null', 'a+b c.jpg', 'true', '0x10'),
);

/** Milliseconds that the file can hold: whole microseconds. */
const ms = fc.integer({ min: 0, max: 10_000_000_000 }).map((microseconds) => microseconds / 1000);
const count = fc.nat();
const nullable = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });

export const arbitraryRecord: fc.Arbitrary<ImageRecord> = fc.record({
  image: nastyText.filter((text) => text.length > 0),
  originalSizeBytes: nullable(count),
  newSizeBytes: nullable(count),
  processingTimeMs: nullable(ms),
  timestamp: fc
    .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  source: fc.constantFrom('cloud', 'on_prem'),
  runId: nastyText.filter((text) => text.length > 0),
  attempt: fc.integer({ min: 1, max: 1000 }),
  status: fc.constantFrom('ok', 'error'),
  error: nullable(nastyText),
  inputWidthPx: nullable(count),
  inputHeightPx: nullable(count),
  outputWidthPx: nullable(count),
  outputHeightPx: nullable(count),
  environmentId: nullable(nastyText),
  cold: nullable(fc.boolean()),
  initMs: nullable(ms),
  queueDelayMs: nullable(ms),
  downloadMs: nullable(ms),
  uploadMs: nullable(ms),
  endToEndMs: nullable(ms),
  repetition: fc.integer({ min: 1, max: 1000 }),
  requestId: nullable(nastyText),
  billedMs: nullable(ms),
  memorySizeMb: nullable(count),
  maxMemoryUsedMb: nullable(count),
});
