import type { Variables } from '../expressions/scope.ts';
import type { Json } from '../json.ts';

/** AWS's limit for the input and output of states, tasks and executions, and for what one Assign assigns. */
const MAX_PAYLOAD_BYTES = 262_144;
/** For all variables that a line can see. */
const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;

/** Values are never changed, and the output of one state is the input of the next: each object is written once. */
const texts = new WeakMap<object, string>();

export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** As AWS shows a value in a sentence: strings without quotes. */
export function plainText(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

export function isTooLarge(value: Json): boolean {
  const text = jsonText(value);
  // UTF-16 units become at most three bytes each, so that most texts need not be measured.
  return text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
}

export function areTooLarge(variables: Variables): boolean {
  let sizeBytes = 0;
  for (const value of Object.values(variables)) sizeBytes += Buffer.byteLength(jsonText(value));
  return sizeBytes > MAX_VARIABLES_BYTES;
}
