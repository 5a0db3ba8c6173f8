import { expect, test } from 'vitest';
import { judgeThresholds, LiveView, LoadError, parseThreshold } from '../src/index.ts';
import { droppedSample, sentSample } from './example-samples.ts';

/** Service times of 1 to 100 ms, sent 5 ms late; one failed, and one more dropped. */
const samples = [
  ...Array.from({ length: 100 }, (_, index) => {
    const dueAtMs = 1_700_000_000_000 + index * 10;
    return sentSample({
      sequence: index,
      dueAtMs,
      sentAtMs: dueAtMs + 5,
      endedAtMs: dueAtMs + 5 + index + 1,
      ...(index === 0 ? { status: 'failed', error: 'x' } : {}),
    });
  }),
  droppedSample({ sequence: 100, dueAtMs: 1_700_000_001_000 }),
];

test.each([
  ['p(99)<500', 'kept', 104.01],
  ['p(99) < 104', 'broken', 104.01],
  ['service_ms:p(50)<=50.5', 'kept', 50.5],
  ['med==55.5', 'kept', 55.5],
  ['service_ms : avg!=50.5', 'broken', 50.5],
  ['min>=6', 'kept', 6],
  ['service_ms:max>100', 'broken', 100],
  ['failed:rate<0.01', 'kept', 1 / 101],
  ['failed:count==0', 'broken', 1],
  ['dropped:count==0', 'broken', 1],
  ['p(99.9)<1', 'broken', 104.901],
] as const)('%s is %s', (text, verdict, value) => {
  const [judged] = judgeThresholds([parseThreshold(text)], samples);
  expect(judged).toMatchObject({ verdict, value: expect.closeTo(value, 6) });
});

test('without samples no threshold is kept', () => {
  const thresholds = ['p(99)<500', 'failed:rate<0.01'].map(parseThreshold);
  expect(judgeThresholds(thresholds, []).map(({ verdict }) => verdict)).toEqual(['no samples', 'no samples']);
  expect(judgeThresholds(thresholds, [droppedSample()]).map(({ verdict }) => verdict)).toEqual([
    'no samples',
    'kept',
  ]);
});

test.each([
  '',
  'p(99)',
  'p(101)<5',
  'p99<500',
  'p(99)<500ms',
  'p(99)<<5',
  'rate<0.1',
  'failed:p(99)<5',
  'foo:avg<1',
  'avg<1,max<2',
])('%j is refused', (text) => {
  expect(() => parseThreshold(text)).toThrow(LoadError);
});

test('the live view keeps up: counts, rate, both latencies to three digits', () => {
  const view = new LiveView();
  expect(view.snapshot()).toMatchObject({ sent: 0, ratePerSecond: 0, service: null, response: null });
  for (const sample of samples) view.record(sample);
  const { service, response, ...counts } = view.snapshot();
  expect(counts).toEqual({ sent: 100, failed: 1, dropped: 1, ratePerSecond: 99 });
  expect(service?.p50Ms).toBeCloseTo(50, 0);
  expect(service?.p99Ms).toBeCloseTo(99, 0);
  expect(response?.maxMs).toBeCloseTo(105, 0);
});
