import { open } from 'node:fs/promises';
import type { ListedImage } from '@skyground/imaging';
import { messageOf } from '../../errors.ts';
import { formatBytes } from '../../output/format.ts';
import { defineCheck, type Judgement } from '../check.ts';

type ImagesSeen =
  | {
      readonly kind: 'listed';
      readonly dir: string;
      readonly count: number;
      readonly sizeBytes: number;
      /** One sentence each, which begins with the name. */
      readonly refused: readonly string[];
    }
  | { readonly kind: 'not listed'; readonly message: string };

/** Named one by one up to here; more would hide the rest of the list. */
const namedAtMost = 5;

/** By name and first bytes; nothing is decoded, so a picture that is damaged further inside is not found here. */
export const imagesCheck = defineCheck({
  id: 'images',
  title: 'Images',
  after: ['sharp'],
  probe: async ({ folders }, signal): Promise<ImagesSeen> => {
    const { ImagingError, listImages } = await import('@skyground/imaging');
    try {
      const images = await listImages(folders.images);
      const refused: string[] = [];
      for (const image of images) {
        signal.throwIfAborted();
        const why = await refusalOf(image);
        if (why !== undefined) refused.push(why);
      }
      const sizeBytes = images.reduce((sum, image) => sum + image.sizeBytes, 0);
      return { kind: 'listed', dir: folders.images, count: images.length, sizeBytes, refused };
    } catch (error) {
      if (!(error instanceof ImagingError)) throw error;
      return { kind: 'not listed', message: error.message };
    }
  },
  judge: judgeImages,
});

async function refusalOf({ name, path, sizeBytes }: ListedImage): Promise<string | undefined> {
  const [{ checkKind, checkSizeBytes, SNIFF_BYTES }, { inputKey }] = await Promise.all([
    import('@skyground/imaging'),
    import('@skyground/image-processor'),
  ]);
  try {
    // Not every file name can be an S3 key.
    inputKey({ runId: 'skyground-20260101T000000Z-0000', repetition: 1, image: name });
    checkSizeBytes(sizeBytes, name);
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    checkKind(buffer.subarray(0, bytesRead), name);
    return undefined;
  } catch (error) {
    const message = messageOf(error);
    return message.startsWith(name) ? message : `${name}: ${message}`;
  }
}

export function judgeImages(seen: ImagesSeen): Judgement {
  if (seen.kind === 'not listed')
    return { status: 'problem', seen: seen.message, advice: 'Name a folder of pictures with --images DIR.' };
  const { dir, count, sizeBytes, refused } = seen;
  if (count === 0) {
    return {
      status: 'problem',
      seen: `expected at least one image in ${dir}`,
      advice: 'Make some with `npm run images -- --count 12`.',
    };
  }
  const total = `${count} in ${dir}, ${formatBytes(sizeBytes)}`;
  if (refused.length === 0) return { status: 'ok', seen: total };
  const more = refused.length > namedAtMost ? `; and ${refused.length - namedAtMost} more` : '';
  const status = refused.length === count ? 'problem' : 'warning';
  return {
    status,
    seen: `${total}, of which ${refused.length} will fail: ${refused.slice(0, namedAtMost).join('; ')}${more}`,
    advice: 'Take them out of the folder, or leave them: both sides record them as errors.',
  };
}
