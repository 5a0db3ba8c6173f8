import { isUtf8 } from 'node:buffer';
import { invalidRequestContent } from '../errors.ts';

const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** What can begin a JSON value: " - digits [ { t f n. */
const VALUE_START = /["\-\d[{tfn]/;
const REPLACEMENT = '\ufffd';
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);
const SOURCE = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)';

/** The event as JSON text; none is `{}`. Throws InvalidRequestContentException in the words of AWS's parser. */
export function jsonPayload(payload: Uint8Array | undefined): string {
  if (payload === undefined || payload.byteLength === 0) return '{}';
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const startAt = bytes.findIndex((byte) => !WHITE_SPACE.has(byte));
  const start = bytes[startAt];
  if (start !== undefined && !VALUE_START.test(String.fromCharCode(start))) {
    throw unparsable(
      `Unexpected character (${character(start)}): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
      startAt + 1,
    );
  }
  if (!isUtf8(bytes)) {
    const badAt = firstInvalidByte(bytes);
    const hex = (bytes[badAt] ?? 0).toString(16);
    // Their parser has moved one past the byte when it complains.
    throw unparsable(`Invalid UTF-8 start byte 0x${hex}`, badAt + 2);
  }
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw unparsable(error instanceof Error ? error.message : String(error), 1, { cause: error });
  }
  return text;
}

function character(byte: number): string {
  const isControl = byte < 0x20 || byte > 0x7e;
  return isControl ? `(CTRL-CHAR, code ${byte})` : `'${String.fromCharCode(byte)}' (code ${byte})`;
}

/** By what decoding has replaced; a replacement character that was sent as such is three bytes of its own. */
function firstInvalidByte(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  let position = 0;
  for (let from = 0; ; from += 1) {
    const replacedAt = text.indexOf(REPLACEMENT, from);
    if (replacedAt === -1) return position;
    position += Buffer.byteLength(text.slice(from, replacedAt));
    if (!bytes.subarray(position, position + 3).equals(REPLACEMENT_BYTES)) return position;
    position += 3;
    from = replacedAt;
  }
}

function unparsable(reason: string, column: number, options?: ErrorOptions) {
  return invalidRequestContent(
    `Could not parse request body into json: Could not parse payload into json: ${reason}\n at ${SOURCE}; line: 1, column: ${column}]`,
    options,
  );
}
