import { type Gradient, gradientOf } from './gradient.ts';
import { blankImage, checkGrey, type RawImage } from './raw-image.ts';
import { smoothGrey } from './smooth-grey.ts';

export interface CannyOptions {
  /** Steepness |x| + |y| of Sobel's gradient from which a pixel is an edge for sure ... */
  readonly high: number;
  /** ... and from which it is one where it touches one. */
  readonly low: number;
}

const EDGE = 255;
const TANGENT_22_5_DEGREES = Math.SQRT2 - 1;

/** Edges of a grey image, one pixel wide: 255 where one is, else 0. Gauss, Sobel, thinning across the edge, hysteresis. The outermost pixels have none. */
export function canny(image: RawImage, thresholds: CannyOptions): RawImage {
  checkGrey(image);
  const ridges = ridgesOf(gradientOf(smoothGrey(image)), image, thresholds.low);
  return followed(ridges, image, thresholds.high);
}

/** The steepness where it is at least `low`, and greatest across the edge; else 0. */
function ridgesOf({ x, y }: Gradient, { widthPx, heightPx }: RawImage, low: number): Int16Array {
  const steepness = new Int16Array(x.length);
  for (let at = 0; at < steepness.length; at += 1)
    steepness[at] = Math.abs(x[at] ?? 0) + Math.abs(y[at] ?? 0);
  const ridges = new Int16Array(steepness.length);
  for (let row = 1; row < heightPx - 1; row += 1) {
    for (let at = row * widthPx + 1; at < (row + 1) * widthPx - 1; at += 1) {
      const here = steepness[at] ?? 0;
      if (here < low) continue;
      const across = distanceAcross(x[at] ?? 0, y[at] ?? 0, widthPx);
      // Of two equal neighbours one must win, or a wide ramp would have two edges, or none.
      if (here > (steepness[at - across] ?? 0) && here >= (steepness[at + across] ?? 0)) ridges[at] = here;
    }
  }
  return ridges;
}

/** From a pixel to the neighbour in the direction of the gradient, to the nearest eighth of a turn. */
function distanceAcross(x: number, y: number, widthPx: number): number {
  const right = Math.abs(x);
  const down = Math.abs(y);
  if (down < right * TANGENT_22_5_DEGREES) return 1;
  if (right < down * TANGENT_22_5_DEGREES) return widthPx;
  return x > 0 === y > 0 ? widthPx + 1 : widthPx - 1;
}

/** Every ridge that is `high` somewhere, followed to its ends. */
function followed(ridges: Int16Array, image: RawImage, high: number): RawImage {
  const edges = blankImage(image);
  const { pixels, widthPx } = edges;
  const around = [-widthPx - 1, -widthPx, -widthPx + 1, -1, 1, widthPx - 1, widthPx, widthPx + 1];
  // Each pixel is put there once. Ridges are never outermost pixels, so that each has eight neighbours.
  const toFollow: number[] = [];
  for (let start = 0; start < ridges.length; start += 1) {
    if ((ridges[start] ?? 0) < high || pixels[start] === EDGE) continue;
    pixels[start] = EDGE;
    toFollow.push(start);
    for (let at = toFollow.pop(); at !== undefined; at = toFollow.pop()) {
      for (const distance of around) {
        const next = at + distance;
        if (ridges[next] === 0 || pixels[next] === EDGE) continue;
        pixels[next] = EDGE;
        toFollow.push(next);
      }
    }
  }
  return edges;
}
