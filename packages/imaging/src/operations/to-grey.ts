import { blankImage, checkRawImage, type RawImage } from './raw-image.ts';

/** Brightness as ITU-R BT.601 weighs the colours: 0.299 red, 0.587 green, 0.114 blue, in 16 bits as Pillow does it. */
export function toGrey(image: RawImage): RawImage {
  checkRawImage(image);
  if (image.channels === 1) return image;
  const grey = blankImage({ ...image, channels: 1 });
  const { pixels: source } = image;
  const { pixels: target } = grey;
  for (let to = 0, from = 0; to < target.length; to += 1, from += 3) {
    const red = source[from] ?? 0;
    const green = source[from + 1] ?? 0;
    const blue = source[from + 2] ?? 0;
    target[to] = (red * 19_595 + green * 38_470 + blue * 7_471 + 32_768) >> 16;
  }
  return grey;
}
