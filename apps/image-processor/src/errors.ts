/** A name, key or part that is not of the form that this tool writes. The message says what was expected and what came. */
export class ImageProcessorError extends Error {
  override readonly name = 'ImageProcessorError';
}
