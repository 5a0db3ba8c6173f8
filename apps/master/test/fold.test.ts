import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { folded, foldedFor } from '../src/output/fold.ts';

const terminal = (columns: number) =>
  Object.assign(new PassThrough(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream;

it('breaks at words, keeps the indentation, and leaves a path whole', () => {
  const lines = ['  on-prem is faster by far', '/a/path/longer/than/the/line'];
  expect(foldedFor(terminal(14), lines).map((line) => line.trimEnd())).toEqual([
    '  on-prem is',
    '  faster by',
    '  far',
    '/a/path/longer/than/the/line',
  ]);
});

it('changes nothing for a pipe', () => {
  const pipe = new PassThrough() as unknown as NodeJS.WriteStream;
  expect(foldedFor(pipe, ['a line of any length'])).toEqual(['a line of any length']);
});

it('never exceeds the width where words may be cut, and loses no letter', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]*$/), fc.integer({ min: 4, max: 60 }), (text, width) => {
      const parts = folded(text, width, { cutsWords: true });
      for (const part of parts) expect(stringWidth(part)).toBeLessThanOrEqual(width);
      expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});
