import { validateHeaderName, validateHeaderValue } from 'node:http';
import { AwsError } from '../errors.ts';

/**
 * Header text as it travels: UTF-8 beyond Latin-1, as S3 sends it. Text that would end the header (a response-* override
 * or a hoisted x-amz-meta- with a line break) is refused rather than cut.
 */
export function headerText(name: string, text: string): string {
  const bytes = /[\u0100-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, bytes);
    return bytes;
  } catch (cause) {
    throw new AwsError(
      'InvalidArgument',
      `Header ${name} cannot hold this value.`,
      400,
      { ArgumentName: name },
      { cause },
    );
  }
}
