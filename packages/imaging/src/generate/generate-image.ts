import { encode, type GeneratedFormat } from './encode.ts';
import { type GenerateOptions, parseGenerateOptions } from './options.ts';
import { render } from './render.ts';

export interface GeneratedImage {
  readonly data: Buffer;
  readonly format: GeneratedFormat;
  /** As shown, EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sizeBytes: number;
}

/**
 * Makes a photo-like picture: landscape or city with the spectrum, edges, gradients and grain of photographs.
 * The same options give the same bytes.
 *
 * @throws {InvalidOptionsError} for options that are wrong or that the format cannot store.
 */
export async function generateImage(options: GenerateOptions): Promise<GeneratedImage> {
  const parsed = parseGenerateOptions(options);
  const data = await encode(render(parsed), parsed);
  const { format, widthPx, heightPx } = parsed;
  return { data, format, widthPx, heightPx, sizeBytes: data.byteLength };
}
