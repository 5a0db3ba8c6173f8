import { blankImage, checkGrey, type RawImage } from './raw-image.ts';

/** How much each pixel of a grey image differs from its four neighbours together, in either direction, cut at 255. Edges are repeated. */
export function laplacian(image: RawImage): RawImage {
  checkGrey(image);
  const { pixels: source, widthPx, heightPx } = image;
  const curvature = blankImage(image);
  const { pixels: target } = curvature;
  for (let row = 0; row < heightPx; row += 1) {
    const middle = row * widthPx;
    const above = row === 0 ? middle : middle - widthPx;
    const below = row === heightPx - 1 ? middle : middle + widthPx;
    for (let column = 0; column < widthPx; column += 1) {
      const left = column === 0 ? 0 : column - 1;
      const right = column === widthPx - 1 ? column : column + 1;
      const around =
        (source[above + column] ?? 0) +
        (source[below + column] ?? 0) +
        (source[middle + left] ?? 0) +
        (source[middle + right] ?? 0);
      target[middle + column] = Math.min(255, Math.abs(around - 4 * (source[middle + column] ?? 0)));
    }
  }
  return curvature;
}
