import type { IncomingHttpHeaders } from 'node:http';

/** Printable ASCII: it goes into a row of a file and is compared with the lines of a log. */
const possibleId = /^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/;

/**
 * The value of the answer's header `name`, whose case does not matter. null where no header is named, it did not come or
 * came twice, or its value is longer than 256 characters or has others than printable ones: the answer is another
 * program's, and whoever joins by it must not be led astray.
 */
export function answerIdOf(headers: IncomingHttpHeaders, name: string | null): string | null {
  if (name === null) return null;
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' && possibleId.test(value) ? value : null;
}
