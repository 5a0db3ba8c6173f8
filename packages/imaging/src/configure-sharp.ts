import sharp from 'sharp';

/** libvips' names for the loaders of JPEG, PNG, WebP, AVIF, TIFF and GIF. */
const LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadHeif',
  'VipsForeignLoadTiff',
  'VipsForeignLoadNsgif',
];

/**
 * Sets up libvips for this process; both sides call it once at start, so that they measure the same thing.
 *
 * One thread per image: parallelism comes from several images in flight (or one process per core), which
 * gives more images per second than several threads on one image. No operation cache: an image processed
 * twice must cost twice. And no loaders but those of the supported formats: `processImage` lets nothing else
 * through, this is the second lock on the same door.
 */
export function configureSharp(): void {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
}
