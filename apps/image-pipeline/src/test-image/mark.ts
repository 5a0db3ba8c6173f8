/** Where the test image lies, in whatever bucket. */
export const TEST_KEY = 'test-images/sample-1920x1080.jpg';
/** User metadata of an object that the command uploaded: only what carries it is overwritten, or removed by destroy. */
export const TEST_IMAGE_MARK = 'skyground-test-image';
