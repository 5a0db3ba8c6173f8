/** The picture, the one made of it and the codec's copies have to fit the 512 MB of a branch: 70 MB each. */
export const MAX_PIXELS = 24_000_000;
/** Of the file, compressed. */
export const MAX_IMAGE_BYTES = 64 * 1024 ** 2;
/** Step Functions takes 262,144 bytes as the data of a state: base64 makes four of three, and the results of the branches come to it. */
export const MAX_INLINE_BYTES = 180_000;
