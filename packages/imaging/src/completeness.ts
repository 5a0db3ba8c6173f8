import { jpegHasEnd } from './jpeg-segments.ts';
import type { SupportedFormat } from './sniff.ts';
import { readTiffDirectory, TIFF_TAG } from './tiff-directory.ts';

/**
 * Finds files that were cut short, by walking a format's own structure to its end without decoding. A
 * decoder alone would miss some: `cover` never decodes the rows that it crops away, and a cut inside the
 * last bytes costs no pixel. Bytes after the end are allowed; cameras put previews and videos there.
 *
 * @returns what is missing, or undefined for a complete file.
 */
export function findMissingPart(format: SupportedFormat, bytes: Uint8Array): string | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return CHECKS[format](data);
}

const CHECKS: Readonly<Record<SupportedFormat, (data: Buffer) => string | undefined>> = {
  jpeg: (data) =>
    jpegHasEnd(data) ? undefined : 'expected an end-of-image marker (FF D9) after the image data',
  png: (data) => (pngHasEnd(data) ? undefined : 'expected an IEND chunk after complete chunks'),
  gif: (data) => (gifHasEnd(data) ? undefined : 'expected a trailer (3B) after complete blocks'),
  webp: missingOfRiff,
  avif: missingOfIsoMedia,
  tiff: missingOfTiff,
};

function pngHasEnd(data: Buffer): boolean {
  let position = 8;
  while (position + 12 <= data.length) {
    const end = position + 12 + data.readUInt32BE(position);
    if (data.toString('latin1', position + 4, position + 8) === 'IEND') return end <= data.length;
    position = end;
  }
  return false;
}

function gifHasEnd(data: Buffer): boolean {
  const IMAGE = 0x2c;
  const EXTENSION = 0x21;
  const TRAILER = 0x3b;
  const colourTableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  if (data.length < 13) return false;
  let position = 13 + colourTableBytes(data.readUInt8(10));
  while (position < data.length) {
    const block = data[position];
    if (block === TRAILER) return true;
    if (block === EXTENSION) position += 2;
    else if (block === IMAGE && position + 10 < data.length) {
      position += 11 + colourTableBytes(data.readUInt8(position + 9));
    } else return false;
    // Sub-blocks: a length byte and as many bytes each, ended by a length of zero.
    for (let length = data[position]; length !== undefined && length > 0; length = data[position])
      position += 1 + length;
    position += 1;
  }
  return false;
}

function missingOfRiff(data: Buffer): string | undefined {
  if (data.length < 12) return 'expected a complete RIFF header';
  const expectedBytes = 8 + data.readUInt32LE(4);
  return expectedBytes <= data.length ? undefined : missingBytes(expectedBytes, data.length);
}

function missingOfIsoMedia(data: Buffer): string | undefined {
  let position = 0;
  while (position < data.length) {
    if (position + 16 > data.length) return missingBytes(position + 16, data.length);
    const size = data.readUInt32BE(position);
    if (size === 0) return undefined; // This box reaches to the end of the file, wherever that is.
    const boxBytes = size === 1 ? Number(data.readBigUInt64BE(position + 8)) : size;
    if (boxBytes < 8)
      return `expected a box of at least 8 bytes at offset ${position} but received ${boxBytes}`;
    position += boxBytes;
  }
  return position === data.length ? undefined : missingBytes(position, data.length);
}

/** The parts of a TIFF may come in any order, so a cut can take the directory, a strip or a tile. */
function missingOfTiff(data: Buffer): string | undefined {
  const directory = readTiffDirectory(data);
  if (directory === undefined) return 'expected the directory of the first page within the file';
  const endOf = (offsetsTag: number, countsTag: number): number => {
    const counts = directory.get(countsTag) ?? [];
    return (directory.get(offsetsTag) ?? []).reduce(
      (end, offset, i) => Math.max(end, offset + (counts[i] ?? 0)),
      0,
    );
  };
  const end = Math.max(
    endOf(TIFF_TAG.stripOffsets, TIFF_TAG.stripByteCounts),
    endOf(TIFF_TAG.tileOffsets, TIFF_TAG.tileByteCounts),
  );
  return end <= data.length ? undefined : missingBytes(end, data.length);
}

function missingBytes(expected: number, received: number): string {
  return `expected at least ${expected} bytes but received ${received}`;
}
