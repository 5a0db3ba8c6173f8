import { bootstrapInterval } from '@skyground/statistics';
import fc from 'fast-check';

/** What a measurement may be when it goes wrong, too. */
export const anyValue = fc.oneof(
  fc.double({ min: 0, max: 1e7, noNaN: true }),
  fc.double(),
  fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, 1e300),
);
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'a',
    'b',
    'cold start',
    'failed',
    '',
    '</svg><script>alert(1)</script>',
    '__proto__',
    'constructor',
    'toString',
  ),
);
export const anyHeading = fc.record({
  id: fc.constant('any'),
  title: anyText,
  lines: fc.array(anyText, { maxLength: 2 }),
});
export const anyMeasure = fc.record({ name: anyText, unit: fc.constantFrom('', 'ms', 'USD', '"') });
export const values = fc.array(anyValue, { maxLength: 12 });
export const anyArms = fc.array(
  fc.record({ arm: anyText, warm: values, cold: values, failed: fc.nat({ max: 9 }) }),
  { maxLength: 9 },
);
const finite = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1_000);
export const anyFigure = fc
  .array(finite, { maxLength: 9 })
  .map((sample) => bootstrapInterval(sample, 'median', { seed: 7, resamples: 100 }));
