import type { GeneratedFormat } from './encode.ts';
import { generateImageOfSize } from './generate-image-of-size.ts';
import { deriveSeed } from './random.ts';
import { SHIPPED, type ShippedImage } from './shipped.ts';

/** Which images are asked for. Plain data, so that it can be handed to a worker thread. */
export type ImageSet =
  | { readonly kind: 'shipped' }
  | {
      readonly kind: 'of-size';
      readonly count: number;
      readonly sizeBytes: number;
      readonly seed: number;
      readonly format: GeneratedFormat;
    };

/** The file names of a set, in order. */
export function namesOf(set: ImageSet): readonly string[] {
  if (set.kind === 'shipped') return SHIPPED.map(({ name }) => name);
  const extension = set.format === 'jpeg' ? 'jpg' : set.format;
  return Array.from({ length: set.count }, (_, index) => {
    return `photo-${set.seed}-${String(index + 1).padStart(4, '0')}.${extension}`;
  });
}

/** The bytes of one image of a set. They depend on nothing but the set and the index. */
export async function makeImage(set: ImageSet, index: number): Promise<Buffer> {
  if (set.kind === 'shipped') return shippedAt(index).make();
  const { sizeBytes, seed, format } = set;
  const image = await generateImageOfSize({ seed: deriveSeed(seed, index), sizeBytes, format });
  return image.data;
}

function shippedAt(index: number): ShippedImage {
  const image = SHIPPED[index];
  if (image === undefined)
    throw new RangeError(`expected an index below ${SHIPPED.length} but received ${index}`);
  return image;
}
