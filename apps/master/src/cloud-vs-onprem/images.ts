import { join } from 'node:path';
import { UsageError } from '@skyground/experiment';
import { ImageProcessorError, inputKey } from '@skyground/image-processor';
import { ImagingError, type ListedImage, listImages } from '@skyground/imaging';
import { fromWhereThePersonStood, repositoryRoot } from '../paths.ts';
import { newRunId } from '../run-state.ts';
import { shippedImages } from './parameters.ts';

/** The input images; UsageError for a folder without any, or a name that S3 could not hold. */
export async function imagesOf(folder: string): Promise<readonly ListedImage[]> {
  const dir = folder === shippedImages ? join(repositoryRoot, folder) : fromWhereThePersonStood(folder);
  let images: readonly ListedImage[];
  try {
    images = await listImages(dir);
    const runId = newRunId(new Date(0));
    for (const { name } of images) inputKey({ runId, repetition: 1, image: name });
  } catch (cause) {
    const isTheirs = cause instanceof ImagingError || cause instanceof ImageProcessorError;
    const why = isTheirs ? cause.message : `${dir} could not be listed.`;
    throw new UsageError(`expected a readable folder of images for --images. ${why}`, { cause });
  }
  if (images.length > 0) return images;
  throw new UsageError(
    `expected at least one image in ${dir}. Make some with \`npm run images -- --count 12\`.`,
  );
}
