import type { ListedImage } from '@skyground/imaging';

/** Images that each on-prem worker processes and throws away before the first measured one. */
export const warmUpImagesPerWorker = 2;

const imageExtension = /\.(jpe?g|png|webp|avif|tiff?|gif)$/i;

/** Images to warm the cloud side up with: the smallest that look like images, so that warming costs little. */
export function warmUpImages(images: readonly ListedImage[]): ListedImage[] {
  const candidates = images.filter(({ name, sizeBytes }) => imageExtension.test(name) && sizeBytes > 0);
  return candidates.toSorted((a, b) => a.sizeBytes - b.sizeBytes).slice(0, warmUpImagesPerWorker);
}
