import fc from 'fast-check';
import type { DroppedSample, LoadSample, SentSample } from '../src/index.ts';

export function sentSample(changes: Partial<SentSample> = {}): SentSample {
  return {
    sequence: 0,
    user: null,
    method: 'GET',
    name: 'health',
    dueAtMs: 1_700_000_000_000,
    status: 'ok',
    sentAtMs: 1_700_000_000_001.25,
    firstByteAtMs: 1_700_000_000_030.5,
    endedAtMs: 1_700_000_000_041.25,
    responseCode: '200',
    error: null,
    sentBytes: 3,
    receivedBytes: 12,
    answerId: 'b3f0c1de-7f1c-4c5e-9a53-2d4c8f6e0a11',
    inFlight: 1,
    ...changes,
  };
}

export function droppedSample(changes: Partial<DroppedSample> = {}): DroppedSample {
  return {
    sequence: 1,
    user: null,
    method: 'GET',
    name: 'health',
    dueAtMs: 1_700_000_000_100,
    status: 'dropped',
    ...changes,
  };
}

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replace(/[\r\n\uFEFF]/g, ' '));
/** Milliseconds on a grid that a double and three decimals both hold. */
const timeMs = fc.integer({ min: 0, max: 80_000 }).map((eighths) => 1_700_000_000_000 + eighths / 8);

const sent: fc.Arbitrary<LoadSample> = fc
  .record({
    user: fc.option(fc.nat(100)),
    method: text,
    name: text.map((value) => `x${value}`),
    times: fc.tuple(timeMs, timeMs, timeMs, timeMs).map((times) => times.toSorted((a, b) => a - b)),
    answered: fc.boolean(),
    error: fc.option(text.map((value) => `x${value}`)),
    sentBytes: fc.nat(),
    receivedBytes: fc.nat(),
    answerId: fc.option(text.map((value) => `x${value}`)),
    inFlight: fc.nat(1000),
  })
  .map(({ times, answered, error, ...rest }) => {
    const [dueAtMs = 0, sentAtMs = 0, firstByteAtMs = 0, endedAtMs = 0] = times;
    return sentSample({
      ...rest,
      dueAtMs,
      sentAtMs,
      endedAtMs,
      firstByteAtMs: answered ? firstByteAtMs : null,
      responseCode: answered ? '200' : null,
      error,
      status: error === null ? 'ok' : 'failed',
    });
  });

/** Any rows, sent and dropped, numbered in their order. */
export const arbitrarySamples: fc.Arbitrary<LoadSample[]> = fc
  .array(
    fc.oneof(
      sent,
      timeMs.map((dueAtMs): LoadSample => droppedSample({ dueAtMs })),
    ),
    { maxLength: 20 },
  )
  .map((samples) => samples.map((sample, sequence) => ({ ...sample, sequence })));
