import { generateImageOfSize } from './generate-image-of-size.ts';
import type { GenerateOfSizeOptions } from './options.ts';

export interface ShippedImage {
  readonly name: string;
  make(): Promise<Buffer>;
}

function image(name: string, options: GenerateOfSizeOptions): ShippedImage {
  return { name, make: async () => (await generateImageOfSize(options)).data };
}

/**
 * The twelve images of images_to_upload/. Together they hold every trap for both sides: names that keys,
 * URLs and shells treat specially, and formats that decoders do.
 */
export const SHIPPED: readonly ShippedImage[] = [
  image('alpine lake at dawn.jpg', {
    seed: 11,
    kind: 'lake',
    palette: 'dawn',
    text: '',
    sizeBytes: 1_200_000,
  }),
  image('autumn-forest.jpg', { seed: 22, kind: 'lake', palette: 'autumn', text: '', sizeBytes: 800_000 }),
  image('city+harbour.jpg', { seed: 31, kind: 'city', palette: 'noon', text: 'PIER 7', sizeBytes: 600_000 }),
  image('desert-road.jpg', {
    seed: 42,
    kind: 'meadow',
    palette: 'desert',
    text: 'MILE 12',
    orientation: 6,
    sizeBytes: 500_000,
  }),
  image("farmer's-meadow.jpg", { seed: 51, kind: 'meadow', palette: 'noon', text: '', sizeBytes: 400_000 }),
  image('gürtel-bei-nacht-夜.jpg', {
    seed: 61,
    kind: 'city',
    palette: 'night',
    text: '',
    sizeBytes: 700_000,
  }),
  image('lake-progressive.jpg', {
    seed: 71,
    kind: 'lake',
    palette: 'noon',
    text: 'LAKE VIEW',
    progressive: true,
    sizeBytes: 1_500_000,
  }),
  image('skyline-dusk.webp', {
    seed: 81,
    kind: 'city',
    palette: 'dusk',
    text: '',
    format: 'webp',
    sizeBytes: 300_000,
  }),
  image('sticker-alpha.png', {
    seed: 91,
    kind: 'lake',
    palette: 'autumn',
    text: 'NO. 42',
    format: 'png',
    alpha: true,
    sizeBytes: 900_000,
  }),
  image('sunset-16-bit.png', {
    seed: 101,
    kind: 'lake',
    palette: 'dusk',
    text: '',
    format: 'png',
    bitDepth: 16,
    sizeBytes: 1_400_000,
  }),
  image('trail-map.gif', {
    seed: 111,
    kind: 'meadow',
    palette: 'autumn',
    text: 'TRAIL 12 KM',
    format: 'gif',
    sizeBytes: 250_000,
  }),
  image('winter-morning.avif', {
    seed: 121,
    kind: 'lake',
    palette: 'dawn',
    text: '',
    format: 'avif',
    sizeBytes: 150_000,
  }),
];
