import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  ImageProcessorError,
  inputKey,
  outputKey,
  parseInputKey,
  partKey,
  runIdOf,
  warmupKey,
} from '../src/index.ts';
import { decodeEventKey } from '../src/s3-event.ts';

const RUN = 'skyground-20261121T101500Z-0af3';

const segment = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((text) => !/[\p{Cc}/\ufffe\uffff]/u.test(text) && text !== '.' && text !== '..');
const fileName = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const repetition = fc.integer({ min: 1, max: 999_999_999 });
const index = fc.integer({ min: 0, max: 999_999_999 });
const sequencer = fc.stringMatching(/^[0-9A-F]{18}$/);

describe('an input key', () => {
  it('gives back the name that it was made of, whatever the name', () => {
    fc.assert(
      fc.property(fileName, repetition, (image, n) => {
        const input = { kind: 'input', runId: RUN, repetition: n, image } as const;
        expect(parseInputKey(inputKey(input))).toEqual(input);
      }),
    );
  });

  it('survives the encoding of an S3 event', () => {
    fc.assert(
      fc.property(fileName, (image) => {
        const key = inputKey({ runId: RUN, repetition: 1, image });
        // As S3 encodes: like a form, slashes kept.
        const encoded = new URLSearchParams([['', key]]).toString().slice(1).replaceAll('%2F', '/');
        expect(decodeEventKey(encoded)).toBe(key);
      }),
    );
  });

  it('of a warm-up is told apart from a measured one', () => {
    fc.assert(
      fc.property(fileName, index, (image, n) => {
        const warmup = { kind: 'warmup', runId: RUN, index: n, image } as const;
        expect(parseInputKey(warmupKey(warmup))).toEqual(warmup);
      }),
    );
  });

  it.each([
    ['..', 'without . and ..'],
    ['../etc/passwd', 'without . and ..'],
    ['a/./b.jpg', 'without . and ..'],
    ['/a.jpg', 'slash'],
    ['a//b.jpg', 'slash'],
    ['a/', 'slash'],
    ['', 'received none'],
    ['a\nb.jpg', 'control characters'],
    ['a\u0000.jpg', 'control characters'],
    ['\ud800.jpg', 'surrogate'],
    [`${'ü'.repeat(451)}.jpg`, 'at most 900 bytes'],
  ])('refuses the name %j and says what is wrong', (image, reason) => {
    const make = () => inputKey({ runId: RUN, repetition: 1, image });

    expect(make).toThrow(ImageProcessorError);
    expect(make).toThrow(reason);
    expect(parseInputKey(`${RUN}/in/1/${image}`)).toBeUndefined();
  });

  it('never makes any of its keys longer than S3 takes', () => {
    const image = 'x'.repeat(900);
    const input = { kind: 'input', runId: RUN, repetition: 999_999_999, image } as const;
    const warmup = { kind: 'warmup', runId: RUN, index: 999_999_999, image } as const;

    for (const key of [
      inputKey(input),
      warmupKey(warmup),
      outputKey(input),
      outputKey(warmup),
      partKey(input, 'F'.repeat(64)),
    ]) {
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
    }
  });

  it.each([
    'skyground-notes.txt',
    `${RUN}/out/1/a.jpg.jpg`,
    `${RUN}/parts/abc-1.json`,
    `${RUN}/in/0/a.jpg`,
    `${RUN}/in/01/a.jpg`,
    `${RUN}/in/-1/a.jpg`,
    `${RUN}/in/1/`,
    `x${RUN}/in/1/a.jpg`,
    'skyground-20261121T101500Z-0AF3/in/1/a.jpg',
    'metrics/lambda_metrics.csv',
  ])('is not %s', (key) => {
    expect(parseInputKey(key)).toBeUndefined();
  });
});

describe('outputs and parts', () => {
  it('of different inputs never share a key', () => {
    const image = fc.oneof(
      fc.record({
        kind: fc.constant('input' as const),
        runId: fc.constant(RUN),
        repetition,
        image: fileName,
      }),
      fc.record({ kind: fc.constant('warmup' as const), runId: fc.constant(RUN), index, image: fileName }),
    );
    fc.assert(
      fc.property(image, image, sequencer, (a, b, order) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(outputKey(a)).not.toBe(outputKey(b));
        expect(partKey(a, order)).not.toBe(partKey(b, order));
      }),
    );
  });

  it('keep inputs apart that differ in their extension alone', () => {
    const keys = ['a.png', 'a.jpg', 'a.png.jpg'].map((image) =>
      outputKey({ kind: 'input', runId: RUN, repetition: 1, image }),
    );

    expect(new Set(keys).size).toBe(3);
  });

  it('are named as the contract between the sides says', () => {
    const image = { kind: 'input', runId: RUN, repetition: 2, image: 'dir/a b.png' } as const;

    expect(outputKey(image)).toBe(`${RUN}/out/2/dir/a b.png.jpg`);
    expect(partKey(image, '0055AED6DCD90281E5')).toMatch(
      new RegExp(`^${RUN}/parts/[0-9a-f]{64}-0055AED6DCD90281E5\\.json$`),
    );
  });
});

describe('the run of a key', () => {
  it('is known for every key of the tool, and for none of a person', () => {
    expect(runIdOf(`${RUN}/out/1/a.jpg`)).toBe(RUN);
    expect(runIdOf(RUN)).toBeUndefined();
    expect(runIdOf('skyground-notes.txt')).toBeUndefined();
    expect(runIdOf('skyground-2026/in/1/a.jpg')).toBeUndefined();
  });
});
