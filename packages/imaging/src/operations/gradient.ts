import { checkGrey, type RawImage } from './raw-image.ts';

/** How brightness grows to the right and downwards, at each pixel: -1,020 to 1,020. */
export interface Gradient {
  readonly x: Int16Array;
  readonly y: Int16Array;
}

/** By Sobel's 3 x 3 kernels. Beyond the edge the last pixels are repeated, so that an edge of the image is none in it. */
export function gradientOf(image: RawImage): Gradient {
  checkGrey(image);
  const { pixels, widthPx, heightPx } = image;
  const x = new Int16Array(pixels.length);
  const y = new Int16Array(pixels.length);
  for (let row = 0; row < heightPx; row += 1) {
    const middle = row * widthPx;
    const above = row === 0 ? middle : middle - widthPx;
    const below = row === heightPx - 1 ? middle : middle + widthPx;
    for (let column = 0; column < widthPx; column += 1) {
      const left = column === 0 ? 0 : column - 1;
      const right = column === widthPx - 1 ? column : column + 1;
      const upperLeft = pixels[above + left] ?? 0;
      const upperRight = pixels[above + right] ?? 0;
      const lowerLeft = pixels[below + left] ?? 0;
      const lowerRight = pixels[below + right] ?? 0;
      x[middle + column] =
        upperRight +
        2 * (pixels[middle + right] ?? 0) +
        lowerRight -
        (upperLeft + 2 * (pixels[middle + left] ?? 0) + lowerLeft);
      y[middle + column] =
        lowerLeft +
        2 * (pixels[below + column] ?? 0) +
        lowerRight -
        (upperLeft + 2 * (pixels[above + column] ?? 0) + upperRight);
    }
  }
  return { x, y };
}
