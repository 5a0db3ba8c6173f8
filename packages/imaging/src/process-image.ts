import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OutputInfo } from 'sharp';

import { checkInput, checkKind, checkSizeBytes } from './check-input.ts';
import { decoder, decoding } from './decoder.ts';
import { ImagingError } from './errors.ts';
import { type ParsedProcessOptions, type ProcessOptions, parseProcessOptions } from './options.ts';
import { SNIFF_BYTES } from './sniff.ts';

export interface ImageFacts {
  readonly format: string;
  /** As displayed: EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sizeBytes: number;
}

export interface ProcessedImage {
  /** A baseline sRGB JPEG without metadata (progressive with `mozjpeg`). */
  readonly data: Buffer;
  readonly input: ImageFacts;
  readonly output: ImageFacts;
  /** From the start of decoding to the end of encoding, by a monotonic clock. No file or network time. */
  readonly processingTimeMs: number;
}

/**
 * The work that is compared: decode, orient, convert to sRGB, flatten alpha onto white, resize, encode as
 * JPEG. Of animations and multi-page files the first picture is used. `inside` and `cover` keep the aspect
 * ratio; like `fill` they also enlarge.
 *
 * The clock runs around one libvips pipeline. If more images are in flight than libuv has threads
 * (UV_THREADPOOL_SIZE, 4 unless set), the time waited for a thread is in it too: do not do that.
 *
 * @param input the bytes of an image, or the path of its file.
 * @throws {ImagingError} for a bad image. @throws {InvalidOptionsError} for bad options.
 */
export async function processImage(
  input: Uint8Array | string,
  options: ProcessOptions = {},
): Promise<ProcessedImage> {
  const parsed = parseProcessOptions(options);
  const imageName = parsed.name ?? (typeof input === 'string' ? basename(input) : 'image');
  const bytes = typeof input === 'string' ? await readImage(input, imageName) : input;
  const { format, widthPx, heightPx } = await checkInput(bytes, imageName);

  const startedMs = performance.now();
  const { data, info } = await transform(bytes, parsed, imageName);
  const processingTimeMs = performance.now() - startedMs;

  return {
    data,
    input: { format, widthPx, heightPx, sizeBytes: bytes.byteLength },
    output: { format: info.format, widthPx: info.width, heightPx: info.height, sizeBytes: data.byteLength },
    processingTimeMs,
  };
}

function transform(
  bytes: Uint8Array,
  { widthPx, heightPx, fit, quality, chromaSubsampling, mozjpeg }: ParsedProcessOptions,
  imageName: string,
): Promise<{ data: Buffer; info: OutputInfo }> {
  return decoding(imageName, () =>
    decoder(bytes)
      .resize({ width: widthPx, height: heightPx, fit })
      .toColourspace('srgb')
      .jpeg({ quality, chromaSubsampling, mozjpeg })
      .toBuffer({ resolveWithObject: true }),
  );
}

/** Reads a file whole, unless its first bytes or its size already refuse it. */
async function readImage(path: string, imageName: string): Promise<Buffer> {
  try {
    // Opening a pipe would wait for its writer.
    const facts = await stat(path);
    if (!facts.isFile()) throw new TypeError('it is a folder, pipe or device');
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    checkKind(buffer.subarray(0, bytesRead), imageName);
    checkSizeBytes(facts.size, imageName);
    return await file.readFile();
  } catch (error) {
    if (error instanceof ImagingError) throw error;
    const reason = `expected a readable file: ${error instanceof Error ? error.message : String(error)}`;
    throw new ImagingError('unreadable', imageName, reason, { cause: error });
  }
}
