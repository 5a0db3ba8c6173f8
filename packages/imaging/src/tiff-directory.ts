/** The entries of a TIFF's first page that hold integers, by their tags. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

export const TIFF_TAG = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  orientation: 274,
  stripByteCounts: 279,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const;

const WANTED: ReadonlySet<number> = new Set(Object.values(TIFF_TAG));
/** By the number of a type: BYTE, ASCII, SHORT, LONG, RATIONAL, the signed five, FLOAT, DOUBLE. */
const BYTES_OF_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8] as const;

/** Reads the first page's directory; undefined if it, or a table that it points to, lies past the file's end. */
export function readTiffDirectory(data: Buffer): TiffDirectory | undefined {
  const little = data.toString('latin1', 0, 2) === 'II';
  const read = (at: number, bytes: 2 | 4): number =>
    little ? data.readUIntLE(at, bytes) : data.readUIntBE(at, bytes);
  const directory = new Map<number, readonly number[]>();
  try {
    const start = read(4, 4);
    const count = read(start, 2);
    for (let entry = start + 2; entry < start + 2 + count * 12; entry += 12) {
      const tag = read(entry, 2);
      const bytes = BYTES_OF_TYPE[read(entry + 2, 2)] ?? 0;
      const length = read(entry + 4, 4);
      const values = length * bytes <= 4 ? entry + 8 : read(entry + 8, 4);
      // Also guards memory against a hostile length: the values have to be in the file.
      if (values + length * bytes > data.length) return undefined;
      if (!WANTED.has(tag) || (bytes !== 2 && bytes !== 4)) continue;
      directory.set(
        tag,
        Array.from({ length }, (_, i) => read(values + i * bytes, bytes)),
      );
    }
    return directory;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
