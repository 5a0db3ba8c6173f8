import { blankImage, checkRawImage, type RawImage } from './raw-image.ts';

/** Source pixels in a row and in a column that one pixel of the result is made of. */
const TAPS = 4;

/**
 * Turns an image clockwise about its centre by any angle, by bicubic interpolation (Keys' kernel, a = -0.5). The size stays: corners
 * that turn out of it are lost, and where nothing comes from it is black.
 */
export function rotateBicubic(image: RawImage, degrees: number): RawImage {
  checkRawImage(image);
  const { pixels: source, widthPx, heightPx, channels } = image;
  const turned = blankImage(image);
  const { pixels: target } = turned;
  const cosine = Math.cos((degrees * Math.PI) / 180);
  const sine = Math.sin((degrees * Math.PI) / 180);
  const centreX = (widthPx - 1) / 2;
  const centreY = (heightPx - 1) / 2;
  const weightsX = new Float64Array(TAPS);
  const weightsY = new Float64Array(TAPS);
  const offsetsX = new Int32Array(TAPS);
  const offsetsY = new Int32Array(TAPS);
  let to = 0;
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1, to += channels) {
      const x = centreX + cosine * (column - centreX) + sine * (row - centreY);
      const y = centreY - sine * (column - centreX) + cosine * (row - centreY);
      // A pixel is a square around its point: half a pixel beyond the outermost points is still the image.
      if (x < -0.5 || y < -0.5 || x > widthPx - 0.5 || y > heightPx - 0.5) continue;
      place(x, widthPx, channels, weightsX, offsetsX);
      place(y, heightPx, widthPx * channels, weightsY, offsetsY);
      for (let channel = 0; channel < channels; channel += 1) {
        let value = 0;
        for (let tapY = 0; tapY < TAPS; tapY += 1) {
          const from = (offsetsY[tapY] ?? 0) + channel;
          value +=
            (weightsY[tapY] ?? 0) *
            ((weightsX[0] ?? 0) * (source[from + (offsetsX[0] ?? 0)] ?? 0) +
              (weightsX[1] ?? 0) * (source[from + (offsetsX[1] ?? 0)] ?? 0) +
              (weightsX[2] ?? 0) * (source[from + (offsetsX[2] ?? 0)] ?? 0) +
              (weightsX[3] ?? 0) * (source[from + (offsetsX[3] ?? 0)] ?? 0));
        }
        target[to + channel] = value <= 0 ? 0 : value >= 254.5 ? 255 : value + 0.5;
      }
    }
  }
  return turned;
}

/** Fills in which four neighbours on one axis a position lies between, as offsets, and how much each counts. At the edge the last pixel is repeated. */
function place(
  position: number,
  edgePx: number,
  step: number,
  weights: Float64Array,
  offsets: Int32Array,
): void {
  const whole = Math.floor(position);
  const d = position - whole;
  weights[0] = d * (-0.5 + d * (1 - 0.5 * d));
  weights[1] = 1 + d * d * (-2.5 + 1.5 * d);
  weights[2] = d * (0.5 + d * (2 - 1.5 * d));
  weights[3] = d * d * (-0.5 + 0.5 * d);
  for (let tap = 0; tap < TAPS; tap += 1)
    offsets[tap] = Math.min(edgePx - 1, Math.max(0, whole - 1 + tap)) * step;
}
