import { extname } from 'node:path';
import type { Metadata } from 'sharp';
import sharp from 'sharp';

import { type ClaimedSize, readClaimedSize } from './claimed-size.ts';
import { findMissingPart } from './completeness.ts';
import { ImagingError } from './errors.ts';
import { MAX_INPUT_BYTES, MAX_INPUT_PIXELS } from './limits.ts';
import { type SupportedFormat, sniff } from './sniff.ts';

const EXPECTED = 'expected a JPEG, PNG, WebP, AVIF, TIFF or GIF image';
const IMAGE_EXTENSION = /^\.(jpe?g|jfif|png|webp|avif|tiff?|gif|svgz?|hei[cf]|bmp|ico|jxl|jp2|psd)$/i;

/** What the header says. Width and height are as displayed, EXIF orientation applied. */
export interface InputHeader {
  readonly format: SupportedFormat;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Refuses by its first bytes what must not be read any further. */
export function checkKind(head: Uint8Array, imageName: string): SupportedFormat {
  if (head.byteLength === 0)
    throw new ImagingError('empty', imageName, `${EXPECTED} but the file has no bytes`);
  const content = sniff(head);
  if (content.kind === 'supported') return content.format;
  if (content.kind === 'refused-image') {
    throw new ImagingError('unsupported-format', imageName, `${EXPECTED} but received ${content.what}`);
  }
  if (content.kind === 'unknown') {
    throw new ImagingError('not-an-image', imageName, `${EXPECTED} but the content is none that is known`);
  }
  const extension = extname(imageName);
  if (IMAGE_EXTENSION.test(extension)) {
    throw new ImagingError(
      'wrong-extension',
      imageName,
      `named ${extension} but the content is ${content.what}; ${EXPECTED}`,
    );
  }
  throw new ImagingError('not-an-image', imageName, `${EXPECTED} but received ${content.what}`);
}

export function checkSizeBytes(sizeBytes: number, imageName: string): void {
  if (sizeBytes > MAX_INPUT_BYTES) {
    const reason = `expected at most ${MAX_INPUT_BYTES.toLocaleString('en')} bytes but received ${sizeBytes.toLocaleString('en')}`;
    throw new ImagingError('too-large', imageName, reason);
  }
}

/** Every check that comes before decoding: kind, size, completeness, header. Decodes no pixel. */
export async function checkInput(bytes: Uint8Array, imageName: string): Promise<InputHeader> {
  const format = checkKind(bytes, imageName);
  checkSizeBytes(bytes.byteLength, imageName);
  const claimed = readClaimedSize(format, bytes);
  checkPixels(claimed, imageName);
  const missing = findMissingPart(format, bytes);
  if (missing !== undefined) {
    throw new ImagingError('truncated', imageName, `begins like ${format} but is cut short: ${missing}`);
  }
  // Only a JPEG's own reader knows orientation; the others' sizes are as stored.
  if (format === 'jpeg' && claimed !== undefined) return { format, ...claimed };
  const header = await readHeader(bytes, format, imageName);
  checkPixels(header, imageName);
  return header;
}

function checkPixels(size: ClaimedSize | undefined, imageName: string): void {
  if (size === undefined || size.widthPx * size.heightPx <= MAX_INPUT_PIXELS) return;
  const reason = `expected at most ${MAX_INPUT_PIXELS.toLocaleString('en')} pixels but its header says ${size.widthPx} x ${size.heightPx}`;
  throw new ImagingError('too-large', imageName, reason);
}

async function readHeader(
  bytes: Uint8Array,
  format: SupportedFormat,
  imageName: string,
): Promise<InputHeader> {
  let metadata: Metadata;
  try {
    // The limit is checked by the caller, who can then say what the header claims.
    metadata = await sharp(bytes, { limitInputPixels: false, failOn: 'none' }).metadata();
  } catch (error) {
    const reason = `begins like ${format} but its header cannot be read: ${oneLine(error)}`;
    throw new ImagingError('not-an-image', imageName, reason, { cause: error });
  }
  const loader = format === 'avif' ? 'heif' : format;
  if (metadata.format !== loader || (format === 'avif' && metadata.compression !== 'av1')) {
    throw new ImagingError(
      'unsupported-format',
      imageName,
      `begins like ${format} but was read as ${metadata.format}`,
    );
  }
  return { format, widthPx: metadata.autoOrient.width, heightPx: metadata.autoOrient.height };
}

/** libvips reports every step that failed, a line each. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replaceAll(/\s*\n\s*/g, '; ');
}
