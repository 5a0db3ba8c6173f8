import sharp from 'sharp';

/**
 * Sets up libvips for this process; both sides call it once at start, so that they measure the same thing.
 *
 * One thread per image: parallelism comes from several images in flight (or one process per core), which
 * gives more images per second than several threads on one image. No operation cache: an image processed
 * twice must cost twice.
 */
export function configureSharp(): void {
  sharp.concurrency(1);
  sharp.cache(false);
}
