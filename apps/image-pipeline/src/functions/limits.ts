/** 3840 x 2160. Decoded pictures that are not collected yet count, too: of 12 megapixels the second one ends a branch of 512 MB. */
export const MAX_PIXELS = 8_294_400;
/** Of the file, compressed. */
export const MAX_IMAGE_BYTES = 64 * 1024 ** 2;
/** Step Functions takes 262,144 bytes as the data of a state: base64 makes four of three, and the results of the branches come to it. */
export const MAX_INLINE_BYTES = 180_000;
