import { generateImage } from '@skyground/imaging';

/** A valid JPEG of a few hundred bytes, different for each seed. */
export async function tinyJpeg(seed: number): Promise<Buffer> {
  return (await generateImage({ seed, format: 'jpeg', widthPx: 48, heightPx: 36 })).data;
}
