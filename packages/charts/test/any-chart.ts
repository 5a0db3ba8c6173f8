import fc from 'fast-check';
import {
  barsChart,
  breakEvenChart,
  type CostCurves,
  type DrawnChart,
  distributionChart,
  ecdfChart,
  eventListChart,
  histogramChart,
  percentilesOverTimeChart,
  stackedBarsChart,
  sweepChart,
  timelineChart,
  transcriptChart,
} from '../src/index.ts';
import { anyComparisonChart } from './any-comparison-chart.ts';
import { anyArms, anyFigure, anyHeading, anyMeasure, anyText, anyValue, values } from './any-value.ts';

const anyUsd = fc.record({
  usd: anyValue,
  lowUsd: fc.option(anyValue, { nil: null }),
  highUsd: fc.option(anyValue, { nil: null }),
});
const anyVolume = fc.oneof(
  fc.constantFrom('below the range' as const, 'above the range' as const),
  fc.double({ min: 1e3, max: 1e10, noNaN: true }),
);
const anyBounds = fc.record({ low: anyVolume, high: anyVolume });
const anyCosts: fc.Arbitrary<CostCurves> = fc.record({
  curve: fc.array(fc.record({ imagesPerMonth: anyValue, cloud: anyUsd, onPrem: anyUsd }), { maxLength: 9 }),
  first: anyVolume,
  lasting: anyVolume,
  interval: fc.oneof(
    fc.constant({ kind: 'too few' as const }),
    fc.record({
      kind: fc.constant('interval' as const),
      confidence: fc.constant(0.95),
      first: anyBounds,
      lasting: anyBounds,
    }),
  ),
  region: anyText,
  pricesReadOn: anyText,
  freeTier: fc.boolean(),
});

const manyValues = fc.oneof(
  values,
  fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 80 }),
  fc.array(anyValue, { minLength: 6, maxLength: 80 }),
);
const anyId = fc.oneof(fc.integer({ min: 1, max: 90 }), anyValue);
const anyEvent = fc.record({
  id: anyId,
  type: anyText,
  name: anyText,
  timestamp: anyText,
  sinceStartMs: anyValue,
});
const anyMarks = fc.array(fc.record({ id: anyId, name: anyText }), { maxLength: 60 });
const anyIntervals = fc.array(
  fc.record({ name: anyText, fromMark: anyText, toMark: anyText, durationMs: anyValue }),
  { maxLength: 9 },
);
const anyTranscriptText = fc.oneof(
  anyText,
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom('\n', '\r\n', '\t', '  ', 'word', '漢', '{"values":[[5.1]]}'), { maxLength: 90 })
    .map((parts) => parts.join('')),
);

/** A chart of any builder, of any data. */
export const anyChart: fc.Arbitrary<DrawnChart> = fc.oneof(
  fc
    .tuple(anyHeading, anyMeasure, anyArms)
    .map(([head, measure, arms]) => distributionChart({ ...head, measure, arms, thing: 'request' })),
  fc
    .tuple(anyHeading, anyMeasure, anyArms)
    .map(([head, measure, arms]) => ecdfChart({ ...head, measure, arms, thing: 'request' })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.array(
        fc.record({
          arm: anyText,
          startedAtMs: anyValue,
          value: fc.option(anyValue, { nil: null }),
          start: fc.constantFrom('cold', 'warm'),
          outcome: fc.constantFrom('succeeded', 'failed'),
        }),
        { maxLength: 20 },
      ),
    )
    .map(([head, measure, samples]) => timelineChart({ ...head, measure, samples, thing: 'request' })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.constantFrom('linear' as const, 'log2' as const, 'symlog' as const),
      fc.array(
        fc.record({
          arm: anyText,
          steps: fc.array(fc.record({ x: anyValue, figure: anyFigure, values }), { maxLength: 5 }),
          fitted: fc.array(fc.record({ x: anyValue, y: anyValue }), { maxLength: 5 }),
        }),
        { maxLength: 4 },
      ),
      fc.array(fc.record({ x: anyValue, label: anyText }), { maxLength: 3 }),
    )
    .map(([head, y, scale, series, markers]) =>
      sweepChart({
        ...head,
        x: { name: 'workers', unit: '', scale },
        y,
        statistic: 'median',
        series,
        markers,
      }),
    ),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.array(
        fc.record(
          { label: anyText, figure: fc.oneof(anyFigure, anyValue, fc.constant(null)), source: anyText },
          { requiredKeys: ['label', 'figure'] },
        ),
        { maxLength: 9 },
      ),
    )
    .map(([head, measure, bars]) => barsChart({ ...head, measure, statistic: 'median', bars })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.array(fc.record({ label: anyText }), { maxLength: 9 }),
      fc.array(fc.record({ label: anyText, values }), { maxLength: 9 }),
    )
    .map(([head, measure, parts, bars]) => stackedBarsChart({ ...head, measure, parts, bars })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.array(fc.record({ arm: anyText, values: manyValues }), { maxLength: 4 }),
    )
    .map(([head, measure, groups]) => histogramChart({ ...head, measure, groups, thing: 'request' })),
  fc
    .tuple(
      anyHeading,
      anyMeasure,
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(
        fc.record({
          endedAtMs: anyValue,
          value: fc.option(anyValue, { nil: null }),
          start: fc.constantFrom('cold', 'warm'),
        }),
        { maxLength: 20 },
      ),
      fc.option(fc.array(fc.record({ atMs: anyValue, users: anyValue }), { maxLength: 5 }), { nil: null }),
    )
    .map(([head, measure, windowMs, samples, users]) =>
      percentilesOverTimeChart({ ...head, measure, thing: 'request', windowMs, samples, users }),
    ),
  fc
    .tuple(anyHeading, fc.array(anyEvent, { maxLength: 90 }), anyMarks, anyIntervals)
    .map(([head, events, marks, intervals]) => eventListChart({ ...head, events, marks, intervals })),
  fc
    .tuple(
      anyHeading,
      fc.array(fc.record({ role: fc.constantFrom('command', 'answer', 'note'), text: anyTranscriptText }), {
        maxLength: 20,
      }),
    )
    .map(([head, parts]) => transcriptChart({ ...head, parts })),
  fc
    .tuple(anyHeading, anyCosts)
    .map(([head, costs]) =>
      breakEvenChart({ ...head, costs, labels: { cloud: 'cloud (local)', onPrem: 'on-prem' } }),
    ),
  ...anyComparisonChart,
);
