// Written out rather than by a schema: Zod takes 6 ms of a cold start in which this bundle takes half of one, and 23 KB of the zip
// (measured in the README). Every way out of here is tested.
import { EXAMPLE_BODY } from '../example-request.ts';

const MAX_ROWS = 1_000;
/** A thousand rows of numbers written out in full take less than half of it. */
export const MAX_BODY_BYTES = 256 * 1_024;
const FEATURE_COUNT = 4;
const SUCH_AS = `such as ${JSON.stringify(EXAMPLE_BODY)}`;
/** So much of what came is told back. */
const MAX_QUOTED_CHARACTERS = 40;

/** What a request asks for, or why it cannot be answered: what was expected, where, and what came. */
export type ReadRows =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly number[])[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** The rows to classify from an event of API Gateway, or from one with nothing but a `body`. */
export function readRows(event: unknown): ReadRows {
  const { body, isBase64Encoded } = membersOf(event);
  if (typeof body !== 'string' || body === '')
    return refused('body', `JSON text ${SUCH_AS}`, body === '' ? undefined : body);
  const text = isBase64Encoded === true ? Buffer.from(body, 'base64').toString() : body;
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_BODY_BYTES)
    return {
      kind: 'refused',
      reason: `body: expected at most ${MAX_BODY_BYTES} bytes, received ${sizeBytes}.`,
    };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    // V8 quotes ten characters around the fault, or a text that is hardly longer.
    const fault = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', reason: `body: expected JSON ${SUCH_AS}, but ${fault}.` };
  }
  return rowsOf(content);
}

function rowsOf(content: unknown): ReadRows {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return refused('body', `an object ${SUCH_AS}`, content);
  const stranger = Object.keys(content).find((name) => name !== 'values');
  if (stranger !== undefined)
    return {
      kind: 'refused',
      reason: `body: expected values and nothing else, received ${quoted(stranger)}.`,
    };
  const { values } = membersOf(content);
  if (!Array.isArray(values)) return refused('values', `rows ${SUCH_AS}`, values);
  if (values.length < 1 || values.length > MAX_ROWS)
    return { kind: 'refused', reason: `values: expected 1 to ${MAX_ROWS} rows, received ${values.length}.` };
  const rows: (readonly number[])[] = [];
  for (const [index, row] of values.entries()) {
    if (!isArray(row) || row.length !== FEATURE_COUNT)
      return refused(`values[${index}]`, `a row of ${FEATURE_COUNT} numbers`, row);
    const strange = row.findIndex((value) => !Number.isFinite(value));
    if (strange !== -1) return refused(`values[${index}][${strange}]`, 'a finite number', row[strange]);
    rows.push(row.filter((value) => typeof value === 'number'));
  }
  return { kind: 'rows', rows };
}

function refused(where: string, expected: string, received: unknown): ReadRows {
  return { kind: 'refused', reason: `${where}: expected ${expected}, received ${described(received)}.` };
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return 'an object';
}

function quoted(text: string): string {
  return text.length <= MAX_QUOTED_CHARACTERS
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, MAX_QUOTED_CHARACTERS))}... (${text.length} characters)`;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Array.isArray makes `any` of what it finds. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
