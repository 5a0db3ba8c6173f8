import { readJpegSize } from './jpeg-segments.ts';
import type { SupportedFormat } from './sniff.ts';
import { readTiffDirectory, TIFF_TAG } from './tiff-directory.ts';

export interface ClaimedSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Width and height that a header claims, read without libvips: it takes sizes beyond its own range for a
 * corrupt header (PNG, TIFF) or reports 1 x 1 (AVIF), and asking it costs a JPEG 2 % of its processing.
 * Undefined where libvips has to be asked: WebP and GIF cannot claim more than it can report.
 */
export function readClaimedSize(format: SupportedFormat, bytes: Uint8Array): ClaimedSize | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'jpeg') return readJpegSize(data);
  if (format === 'png')
    return data.toString('latin1', 12, 16) === 'IHDR' && data.length >= 24 ? sizeAt(data, 16) : undefined;
  if (format === 'avif') return largestOfAvif(data);
  if (format === 'tiff') return sizeOfTiff(data);
  return undefined;
}

function sizeAt(data: Buffer, offset: number): ClaimedSize {
  return { widthPx: data.readUInt32BE(offset), heightPx: data.readUInt32BE(offset + 4) };
}

/** Each item (tiles, the whole, a preview, the alpha plane) has a box `ispe`: version and flags, width, height. */
function largestOfAvif(data: Buffer): ClaimedSize | undefined {
  const sizes: ClaimedSize[] = [];
  const metadataEnd = data.indexOf('mdat', 0, 'latin1');
  const header = metadataEnd === -1 ? data : data.subarray(0, metadataEnd);
  for (
    let box = header.indexOf('ispe');
    box !== -1 && box + 16 <= header.length;
    box = header.indexOf('ispe', box + 16)
  ) {
    sizes.push(sizeAt(header, box + 8));
  }
  return sizes.sort((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx)[0];
}

function sizeOfTiff(data: Buffer): ClaimedSize | undefined {
  const directory = readTiffDirectory(data);
  const [widthPx] = directory?.get(TIFF_TAG.width) ?? [];
  const [heightPx] = directory?.get(TIFF_TAG.height) ?? [];
  return widthPx === undefined || heightPx === undefined ? undefined : { widthPx, heightPx };
}
