/**
 * Why an image was refused.
 *
 * - `empty`: no bytes at all
 * - `truncated`: begins as a supported image, but its data ends early or is damaged part-way
 * - `not-an-image`: nothing known, or a header that cannot be parsed
 * - `unsupported-format`: an image, but of a format that is refused (SVG, HEIC, BMP, ...)
 * - `wrong-extension`: named like an image, but the content is something else (PDF, ZIP, HTML, text, ...)
 * - `too-large`: more pixels or bytes than the limits allow
 * - `unreadable`: the file system did not give the bytes
 */
export type ImagingErrorCode =
  | 'empty'
  | 'truncated'
  | 'not-an-image'
  | 'unsupported-format'
  | 'wrong-extension'
  | 'too-large'
  | 'unreadable';

/** A fault of the input. Its message names the image, what was found and what was expected. */
export class ImagingError extends Error {
  override readonly name = 'ImagingError';
  readonly code: ImagingErrorCode;
  readonly imageName: string;

  constructor(code: ImagingErrorCode, imageName: string, reason: string, options?: ErrorOptions) {
    super(`${imageName}: ${reason}`, options);
    this.code = code;
    this.imageName = imageName;
  }

  /** True where trying again cannot help: every code but `unreadable`, which depends on the file system. */
  get permanent(): boolean {
    return this.code !== 'unreadable';
  }
}

/** A fault of the caller: an option that is unknown or out of range. */
export class InvalidOptionsError extends TypeError {
  override readonly name = 'InvalidOptionsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}
