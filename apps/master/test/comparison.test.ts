import type { RatioResult } from '@skyground/statistics';
import { describe, expect, it } from 'vitest';
import { type ComparisonInput, compare } from '../src/comparison/comparison.ts';
import { headlineOf } from '../src/comparison/headline.ts';
import { ratioOf } from '../src/comparison/ratio.ts';
import { summariseSide } from '../src/comparison/side-summary.ts';
import { cloudRecord, record } from './records.ts';

const uninterrupted = { interrupted: false };
const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 6, 30, second)).toISOString();

describe('figures of one side', () => {
  it('are of warm, successful rows; wall time and rate are of all', () => {
    const rows = [
      record({ timestamp: at(10), endToEndMs: 1000, processingTimeMs: 10 }),
      record({ image: 'b.jpg', timestamp: at(12), endToEndMs: 500, processingTimeMs: 30 }),
      record({ image: 'c.jpg', timestamp: at(13), endToEndMs: 500, processingTimeMs: 900, cold: true }),
      record({
        image: 'd.jpg',
        timestamp: at(11),
        endToEndMs: null,
        processingTimeMs: null,
        status: 'error',
        error: 'empty',
      }),
    ];
    expect(summariseSide(rows, uninterrupted)).toEqual({
      rows: 4,
      failed: 1,
      cold: 1,
      compared: 2,
      medianMs: 20,
      meanMs: 20,
      p95Ms: 29,
      totalProcessingMs: 40,
      // From 06:30:09, when the first began, to 06:30:13.
      wallTimeMs: 4000,
      imagesPerS: 1,
      steadiness: null,
      billedMs: null,
    });
  });

  it('are null where there is nothing to say', () => {
    const empty = summariseSide([], uninterrupted);
    expect(empty).toMatchObject({
      rows: 0,
      medianMs: null,
      totalProcessingMs: null,
      wallTimeMs: null,
      imagesPerS: null,
      billedMs: null,
    });
    expect(summariseSide([record()], { interrupted: true })).toMatchObject({
      medianMs: 20,
      wallTimeMs: null,
      imagesPerS: null,
    });
  });

  it('call a side as steady as the median image is over its repetitions', () => {
    const times = { 'a.jpg': [10, 10], 'b.jpg': [9, 11], 'c.jpg': [100, 300] };
    const rows = Object.entries(times).flatMap(([image, values]) =>
      values.map((processingTimeMs, index) => record({ image, processingTimeMs, repetition: index + 1 })),
    );
    // Of 9 and 11: standard deviation sqrt(2), mean 10.
    expect(summariseSide(rows, uninterrupted).steadiness).toBeCloseTo(Math.SQRT2 / 10, 12);
  });

  it('add up billed time only when every row has it', () => {
    const rows = [cloudRecord({ billedMs: 30 }), cloudRecord({ image: 'b.jpg', billedMs: 12 })];
    expect(summariseSide(rows, uninterrupted).billedMs).toBe(42);
    expect(summariseSide([...rows, cloudRecord({ billedMs: null })], uninterrupted).billedMs).toBeNull();
  });

  it('bear more rows than a call takes arguments', () => {
    const rows = Array.from({ length: 200_000 }, () => record());
    expect(summariseSide(rows, uninterrupted).wallTimeMs).toBe(23);
  });
});

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => `${name}.jpg`);
const rowsOf = (make: typeof record, timeOf: (index: number) => number) =>
  names.map((image, index) => make({ image, processingTimeMs: timeOf(index) }));

function input(change: Partial<ComparisonInput> = {}): ComparisonInput {
  return {
    runId: 'skyground-20261121T063000Z-1f2e',
    targetLabel: 'cloud (local)',
    seed: 1,
    onPrem: rowsOf(record, (index) => 10 + index),
    cloud: rowsOf(cloudRecord, (index) => 2 * (10 + index)),
    expected: { images: names, repetitions: 1 },
    interruptedSides: [],
    differentOutputs: [],
    ...change,
  };
}

describe('the ratio', () => {
  it('is cloud over on-prem, image by image', () => {
    const { onPrem, cloud } = input();
    expect(ratioOf(onPrem, cloud, 1)).toMatchObject({
      kind: 'ratio',
      ratio: expect.closeTo(2, 12),
      n: [10, 10],
    });
    expect(ratioOf(cloud, onPrem, 1)).toMatchObject({ ratio: expect.closeTo(0.5, 12) });
  });

  it('leaves out images without a warm row on both sides', () => {
    const { onPrem, cloud } = input();
    const [first, ...others] = cloud;
    const cold = first === undefined ? [] : [{ ...first, cold: true }];
    expect(ratioOf(onPrem, [...cold, ...others], 1)).toMatchObject({ n: [9, 9] });
  });
});

describe('a comparison', () => {
  it('names the faster side when both sides did the same work', () => {
    expect(compare(input())).toMatchObject({
      valid: true,
      headline:
        'on-prem processes an image 2.00x faster than cloud (local) (95 % interval 2.00 to 2.00, n = 10 images).',
      findings: [],
      onPrem: { rows: 10 },
      cloud: { rows: 10, billedMs: 300 },
    });
  });

  it('is not valid with too few images, and says how many it takes', () => {
    const few = names.slice(0, 2);
    const comparison = compare(
      input({
        onPrem: few.map((image) => record({ image })),
        cloud: few.map((image) => cloudRecord({ image })),
        expected: { images: few, repetitions: 1 },
      }),
    );
    expect(comparison).toMatchObject({
      valid: false,
      ratio: { kind: 'too few' },
      findings: [{ level: 'error', id: 'too-few' }],
    });
    expect(comparison.headline).toMatch(
      /^No verdict: 2 images were compared on both sides, and an interval needs \d+\.$/,
    );
  });

  it('is not valid with times of zero', () => {
    expect(compare(input({ cloud: rowsOf(cloudRecord, () => 0) }))).toMatchObject({
      valid: false,
      findings: [{ id: 'zero-times' }],
    });
  });

  it('leaves the wall time of a resumed side out, and says so', () => {
    expect(compare(input({ interruptedSides: ['cloud'] }))).toMatchObject({
      valid: true,
      onPrem: { wallTimeMs: 23 },
      cloud: { wallTimeMs: null },
      findings: [{ level: 'warning', id: 'interrupted' }],
    });
  });
});

describe('the headline', () => {
  const ratio = (value: number, low: number, high: number): RatioResult => ({
    kind: 'ratio',
    ratio: value,
    low,
    high,
    n: [12, 12],
    confidence: 0.95,
  });
  const headline = (result: RatioResult, valid = true) =>
    headlineOf({ ratio: result, valid, targetLabel: 'cloud' });

  it.each<[string, RatioResult, string]>([
    [
      'cloud slower',
      ratio(1.5, 1.2, 1.9),
      'on-prem processes an image 1.50x faster than cloud (95 % interval 1.20 to 1.90, n = 12 images).',
    ],
    [
      'cloud faster',
      ratio(0.5, 0.4, 0.8),
      'cloud processes an image 2.00x faster than on-prem (95 % interval 1.25 to 2.50, n = 12 images).',
    ],
    [
      'undecided',
      ratio(1.1, 0.9, 1.3),
      'No difference shown in processing time: cloud takes 1.10x the on-prem time (95 % interval 0.90 to 1.30, n = 12 images).',
    ],
    [
      'interval that touches 1',
      ratio(1.1, 1, 1.3),
      'No difference shown in processing time: cloud takes 1.10x the on-prem time (95 % interval 1.00 to 1.30, n = 12 images).',
    ],
    [
      'too few',
      { kind: 'too few', needed: 5, n: [3, 4], ratio: 2 },
      'No verdict: 3 images were compared on both sides, and an interval needs 5.',
    ],
    [
      'not positive',
      { kind: 'not positive', n: [12, 12], notPositive: [1, 0] },
      'No verdict: some processing times are zero, which no clock can have measured.',
    ],
  ])('of %s', (_name, result, expected) => {
    expect(headline(result)).toBe(expected);
  });

  it('says first that a comparison is not valid', () => {
    expect(headline(ratio(1.5, 1.2, 1.9), false)).toMatch(
      /^Not a valid comparison \(see the findings\)\. .*on-prem processes/,
    );
  });
});
