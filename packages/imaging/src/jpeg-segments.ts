import { readTiffDirectory, TIFF_TAG } from './tiff-directory.ts';

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
/** Start of frame, every coding: C0 to CF but for the tables C4 and CC and the reserved C8. */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

interface Segment {
  readonly marker: number;
  /** Of the payload, behind marker and length. */
  readonly start: number;
  readonly end: number;
}

/** The marker segments of a JPEG up to its first scan; ends early where no marker is. */
function* segments(data: Buffer): Generator<Segment> {
  let position = 2;
  while (position + 4 <= data.length && data[position] === 0xff) {
    const marker = data.readUInt8(position + 1);
    if (marker === 0xff) {
      position += 1; // A fill byte.
      continue;
    }
    const end = position + 2 + data.readUInt16BE(position + 2);
    yield { marker, start: position + 4, end };
    if (marker === START_OF_SCAN) return;
    position = end;
  }
}

/** Walks the segments, so that the end of a preview inside EXIF is not taken for the end of the image. */
export function jpegHasEnd(data: Buffer): boolean {
  for (const { marker, end } of segments(data)) {
    // From the first scan on, every FF of the data is stuffed with 00: FF D9 can only be the end.
    if (marker === START_OF_SCAN) return data.indexOf('\xff\xd9', end, 'latin1') !== -1;
  }
  return false;
}

/** Size as displayed, EXIF orientation applied; undefined wherever the header is not plain. */
export function readJpegSize(
  data: Buffer,
): { readonly widthPx: number; readonly heightPx: number } | undefined {
  let orientation = 1;
  for (const { marker, start, end } of segments(data)) {
    if (end > data.length) return undefined;
    if (marker === APP1 && data.toString('latin1', start, start + 6) === 'Exif\0\0') {
      const directory = readTiffDirectory(data.subarray(start + 6, end));
      if (directory === undefined) return undefined;
      orientation = directory.get(TIFF_TAG.orientation)?.[0] ?? 1;
    }
    if (!isStartOfFrame(marker)) continue;
    if (end - start < 6) return undefined;
    const heightPx = data.readUInt16BE(start + 1);
    const widthPx = data.readUInt16BE(start + 3);
    if (widthPx === 0 || heightPx === 0 || orientation < 1 || orientation > 8) return undefined;
    return orientation >= 5 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
  }
  return undefined;
}
