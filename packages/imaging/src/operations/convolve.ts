import { InvalidOptionsError } from '../errors.ts';
import type { Kernel } from './kernels.ts';
import { checkRawImage, type RawImage } from './raw-image.ts';

/** Convolution by integers, as Pillow does it: pixels whose neighbourhood is not whole keep their values. */
export function convolve(image: RawImage, kernel: Kernel): RawImage {
  checkRawImage(image);
  const { pixels: source, widthPx, heightPx, channels } = image;
  const { scale, offset } = kernel;
  const reach = reachOf(kernel);
  const target = Uint8Array.from(source);
  const rowSamples = widthPx * channels;
  const taps = tapsOf(kernel, reach, rowSamples, channels);
  const first = reach * channels;
  const sums = new Int32Array(Math.max(0, rowSamples - 2 * first));
  for (let row = reach; row < heightPx - reach; row += 1) {
    const start = row * rowSamples + first;
    sums.fill(0);
    for (const { weight, distance } of taps) {
      const from = start + distance;
      for (let at = 0; at < sums.length; at += 1)
        sums[at] = (sums[at] ?? 0) + weight * (source[from + at] ?? 0);
    }
    for (let at = 0; at < sums.length; at += 1) {
      const value = (sums[at] ?? 0) / scale + offset;
      target[start + at] = value <= 0 ? 0 : value >= 254.5 ? 255 : value + 0.5;
    }
  }
  return { ...image, pixels: target };
}

/** 1 of a kernel of 3 x 3, 2 of one of 5 x 5. */
function reachOf({ weights }: Kernel): number {
  const reach = (Math.sqrt(weights.length) - 1) / 2;
  if (Number.isInteger(reach) && reach > 0) return reach;
  throw new InvalidOptionsError([
    `expected a kernel of 3 x 3, 5 x 5, ... weights but received ${weights.length}`,
  ]);
}

interface Tap {
  readonly weight: number;
  /** From a sample to the one that it is weighed for. */
  readonly distance: number;
}

function tapsOf({ weights }: Kernel, reach: number, rowSamples: number, channels: number): readonly Tap[] {
  const edge = 2 * reach + 1;
  return weights.flatMap((weight, index) => {
    const down = Math.floor(index / edge) - reach;
    const right = (index % edge) - reach;
    return weight === 0 ? [] : [{ weight, distance: down * rowSamples + right * channels }];
  });
}
