import { imageRecordSchema } from '@skyground/metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ImageProcessorError, mergeParts, type Part, partSchema, warmupKey } from '../src/index.ts';
import { aPart } from './support/a-part.ts';

const RUN = 'skyground-20261121T101500Z-0af3';
const OTHER_RUN = 'skyground-20261121T101501Z-0af3';

describe('merging parts', () => {
  it('gives one row per image and repetition, whatever comes doubled and in whatever order', () => {
    const uploads = fc.uniqueArray(
      fc.record({
        image: fc.constantFrom('a.jpg', 'b.png', 'dir/c d.webp'),
        repetition: fc.integer({ min: 1, max: 3 }),
        sequencer: fc.stringMatching(/^[0-9A-F]{18}$/),
      }),
      { selector: ({ image, repetition, sequencer }) => `${image} ${repetition} ${sequencer}` },
    );
    const given = uploads.chain((list) => {
      const parts = list.map((about) => aPart(about));
      return fc.record({
        parts: fc.constant(parts),
        shuffled: fc.shuffledSubarray([...parts, ...parts], { minLength: parts.length * 2 }),
      });
    });
    fc.assert(
      fc.property(given, ({ parts, shuffled }) => {
        const rows = mergeParts(shuffled, RUN);
        expect(rows).toEqual(mergeParts(parts, RUN));
        expect(new Set(rows.map(({ image, repetition }) => `${repetition} ${image}`))).toEqual(
          new Set(parts.map(({ image, repetition }) => `${repetition} ${image}`)),
        );
        expect(new Set(rows.map(({ image, repetition }) => `${repetition} ${image}`)).size).toBe(rows.length);
      }),
    );
  });

  it('takes the latest of several uploads of one key', () => {
    const parts = [
      aPart({ sequencer: '0055AED6DCD90281E5', newSizeBytes: 1 }),
      aPart({ sequencer: '0055AED6DCD90281E6', newSizeBytes: 2 }),
      aPart({ sequencer: '0055AED6DCD9', newSizeBytes: 3 }),
    ];

    expect(mergeParts(parts, RUN).map(({ newSizeBytes }) => newSizeBytes)).toEqual([2]);
  });

  it('compares sequencers of different length and case as S3 says', () => {
    const parts = [aPart({ sequencer: '0a', newSizeBytes: 1 }), aPart({ sequencer: '0A1', newSizeBytes: 2 })];

    expect(mergeParts(parts, RUN).map(({ newSizeBytes }) => newSizeBytes)).toEqual([2]);
  });

  it('never counts another run or a warm-up', () => {
    const warmup = aPart({ key: warmupKey({ runId: RUN, index: 0, image: 'a.jpg' }) });

    expect(mergeParts([aPart({ runId: OTHER_RUN }), warmup], RUN)).toEqual([]);
    expect(mergeParts([aPart({ runId: OTHER_RUN }), warmup, aPart()], RUN)).toHaveLength(1);
  });

  it('sorts by repetition and then by name', () => {
    const parts = [aPart({ repetition: 2 }), aPart({ image: 'b.jpg' }), aPart({ image: 'B.jpg' }), aPart()];

    expect(mergeParts(parts, RUN).map(({ repetition, image }) => `${repetition} ${image}`)).toEqual([
      '1 B.jpg',
      '1 a.jpg',
      '1 b.jpg',
      '2 a.jpg',
    ]);
  });

  it('gives rows that the metrics file takes', () => {
    const [row] = mergeParts([aPart()], RUN);

    expect(imageRecordSchema.parse(row)).toEqual(row);
  });

  it('refuses a row that is about something else than its key', () => {
    const part: Part = { ...aPart(), image: 'other.jpg' };

    expect(() => mergeParts([part], RUN)).toThrow(ImageProcessorError);
    expect(() => mergeParts([part], RUN)).toThrow(/expected a row about a\.jpg.*other\.jpg/);
  });
});

describe('a part', () => {
  it('is refused with a member too many or of another version', () => {
    expect(partSchema.safeParse(aPart()).success).toBe(true);
    expect(partSchema.safeParse({ ...aPart(), extra: 1 }).success).toBe(false);
    expect(partSchema.safeParse({ ...aPart(), schemaVersion: 2 }).success).toBe(false);
  });
});
