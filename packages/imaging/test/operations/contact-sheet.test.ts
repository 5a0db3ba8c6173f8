import { expect, test } from 'vitest';

import { contactSheet, type RawImage } from '../../src/index.ts';
import { level } from './images.ts';

const options = { columns: 2, cell: { widthPx: 3, heightPx: 2 }, gapPx: 1 };

/** The red samples of a sheet, a text a row: digits of hundreds, so that white is 2. */
function drawn({ pixels, widthPx, heightPx }: RawImage): readonly string[] {
  return Array.from({ length: heightPx }, (_none, y) =>
    Array.from({ length: widthPx }, (_column, x) =>
      Math.floor((pixels[(y * widthPx + x) * 3] ?? 0) / 100),
    ).join(''),
  );
}

test('pictures stand row by row in the middle of their cells, on white, missing ones leave theirs empty', () => {
  const red: RawImage = { pixels: Uint8Array.of(100, 1, 2), widthPx: 1, heightPx: 1, channels: 3 };
  const sheet = contactSheet([level(3, 2, 0), undefined, red, level(2, 1, 0)], options);

  expect(sheet).toMatchObject({ widthPx: 9, heightPx: 7, channels: 3 });
  expect(drawn(sheet)).toEqual([
    '222222222',
    '200022222',
    '200022222',
    '222222222',
    '221220022',
    '222222222',
    '222222222',
  ]);
  expect([...sheet.pixels.subarray((4 * 9 + 2) * 3, (4 * 9 + 3) * 3)]).toEqual([100, 1, 2]);
});

test('a grey picture is grey on the sheet', () => {
  expect([
    ...contactSheet([level(1, 1, 7)], { ...options, columns: 1, gapPx: 0, cell: { widthPx: 1, heightPx: 1 } })
      .pixels,
  ]).toEqual([7, 7, 7]);
});

test('a picture that no cell holds is refused', () => {
  expect(() => contactSheet([level(4, 1, 0)], options)).toThrow(
    'expected a picture of at most 3 x 2 pixels at place 0 but received 4 x 1',
  );
});
