/** Images whose header claims more pixels than this are refused before anything is decoded. */
export const MAX_INPUT_PIXELS = 100_000_000;

/** Files larger than this are refused before they are read: the limit in pixels at eight bytes each (16-bit RGBA), and room for metadata. */
export const MAX_INPUT_BYTES = 1024 ** 3;

/** The largest width and height that a JPEG header can hold. */
export const MAX_JPEG_EDGE_PX = 65_535;
