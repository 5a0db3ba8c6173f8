import { InvalidOptionsError } from '../errors.ts';
import { blankImage, checkRawImage, type RawImage } from './raw-image.ts';

export interface ContactSheetOptions {
  readonly columns: number;
  /** Largest picture that a cell holds. */
  readonly cell: { readonly widthPx: number; readonly heightPx: number };
  /** White around every cell. */
  readonly gapPx: number;
}

const WHITE = 255;

/** Many small pictures on white, row by row, each in the middle of its cell. A missing picture leaves its cell empty. */
export function contactSheet(
  pictures: readonly (RawImage | undefined)[],
  { columns, cell, gapPx }: ContactSheetOptions,
): RawImage {
  const rows = Math.ceil(pictures.length / columns);
  const sheet = blankImage({
    widthPx: columns * (cell.widthPx + gapPx) + gapPx,
    heightPx: rows * (cell.heightPx + gapPx) + gapPx,
    channels: 3,
  });
  sheet.pixels.fill(WHITE);
  for (const [index, picture] of pictures.entries()) {
    if (picture === undefined) continue;
    const { widthPx, heightPx } = picture;
    if (widthPx > cell.widthPx || heightPx > cell.heightPx) {
      throw new InvalidOptionsError([
        `expected a picture of at most ${cell.widthPx} x ${cell.heightPx} pixels at place ${index} but received ${widthPx} x ${heightPx}`,
      ]);
    }
    const left = gapPx + (index % columns) * (cell.widthPx + gapPx);
    const top = gapPx + Math.floor(index / columns) * (cell.heightPx + gapPx);
    paste(sheet, picture, {
      x: left + Math.floor((cell.widthPx - widthPx) / 2),
      y: top + Math.floor((cell.heightPx - heightPx) / 2),
    });
  }
  return sheet;
}

function paste(sheet: RawImage, picture: RawImage, at: { readonly x: number; readonly y: number }): void {
  checkRawImage(picture);
  const { pixels: source, widthPx, heightPx, channels } = picture;
  for (let row = 0; row < heightPx; row += 1) {
    const from = row * widthPx * channels;
    const to = ((at.y + row) * sheet.widthPx + at.x) * 3;
    if (channels === 3) {
      sheet.pixels.set(source.subarray(from, from + widthPx * 3), to);
      continue;
    }
    for (let x = 0; x < widthPx; x += 1) sheet.pixels.fill(source[from + x] ?? 0, to + 3 * x, to + 3 * x + 3);
  }
}
