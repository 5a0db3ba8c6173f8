import { gradientOf } from './gradient.ts';
import { blankImage, type RawImage } from './raw-image.ts';

/** How steep a grey image is at each pixel: the length of Sobel's gradient, cut at 255. */
export function sobel(image: RawImage): RawImage {
  const { x, y } = gradientOf(image);
  const steepness = blankImage(image);
  const { pixels } = steepness;
  for (let at = 0; at < pixels.length; at += 1) {
    const right = x[at] ?? 0;
    const down = y[at] ?? 0;
    pixels[at] = Math.min(255, Math.sqrt(right * right + down * down) + 0.5);
  }
  return steepness;
}
