import type { ImageRecord } from '@skyground/metrics';
import fc from 'fast-check';
import { inputOf, syntheticRun } from './synthetic.ts';

const [first] = syntheticRun({ images: 1 });
if (first === undefined) throw new Error('a run of one image has a row');

/** One complete row, to be varied. */
export const someRow: ImageRecord = first;

const ms = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e7, noNaN: true }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Any row the schema allows, names that no sane person would choose included. */
const anyRow: fc.Arbitrary<ImageRecord> = fc.record({
  ...Object.fromEntries(Object.entries(someRow).map(([key, value]) => [key, fc.constant(value)])),
  image: fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.constantFrom('a.jpg', 'b.jpg', '</svg>"&.png'),
  ),
  source: fc.constantFrom('cloud', 'on_prem'),
  status: fc.constantFrom('ok', 'ok', 'ok', 'error'),
  originalSizeBytes: maybe(fc.nat({ max: 50_000_000 })),
  processingTimeMs: maybe(ms),
  timestamp: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  environmentId: maybe(fc.string({ unit: 'binary' })),
  cold: maybe(fc.boolean()),
  initMs: maybe(ms),
  queueDelayMs: maybe(ms),
  downloadMs: maybe(ms),
  uploadMs: maybe(ms),
  endToEndMs: maybe(ms),
  repetition: fc.integer({ min: 1, max: 3 }),
}) as fc.Arbitrary<ImageRecord>;

export const anyInput = fc
  .record({
    records: fc.array(anyRow, { maxLength: 30 }),
    targetLabel: fc.string({ unit: 'binary', maxLength: 60 }),
    runId: fc.string({ unit: 'binary', maxLength: 60 }),
  })
  .map(({ records, targetLabel, runId }) => ({ ...inputOf(records), targetLabel, runId }));
