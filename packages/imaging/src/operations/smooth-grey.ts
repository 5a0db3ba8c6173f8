import { blankImage, type RawImage } from './raw-image.ts';

/** Gauss by integers, five wide in both directions (1 4 6 4 1, standard deviation 1), so that noise is no edge. Edges are repeated. */
export function smoothGrey(image: RawImage): RawImage {
  const { pixels: source, widthPx, heightPx } = image;
  const smooth = blankImage(image);
  const { pixels: target } = smooth;
  // A row smoothed downwards, with its ends repeated twice.
  const column = new Uint16Array(widthPx + 4);
  const start = (row: number): number => Math.min(heightPx - 1, Math.max(0, row)) * widthPx;
  for (let row = 0; row < heightPx; row += 1) {
    const [a, b, c, d, e] = [start(row - 2), start(row - 1), start(row), start(row + 1), start(row + 2)];
    for (let x = 0; x < widthPx; x += 1) {
      column[x + 2] =
        (source[a + x] ?? 0) +
        (source[e + x] ?? 0) +
        4 * ((source[b + x] ?? 0) + (source[d + x] ?? 0)) +
        6 * (source[c + x] ?? 0);
    }
    column.fill(column[2] ?? 0, 0, 2);
    column.fill(column[widthPx + 1] ?? 0, widthPx + 2);
    for (let x = 0; x < widthPx; x += 1) {
      const sum =
        (column[x] ?? 0) +
        (column[x + 4] ?? 0) +
        4 * ((column[x + 1] ?? 0) + (column[x + 3] ?? 0)) +
        6 * (column[x + 2] ?? 0);
      // Both directions together weigh 256; half of it rounds.
      target[c + x] = (sum + 128) >> 8;
    }
  }
  return smooth;
}
