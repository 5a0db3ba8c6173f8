import type { Json } from '../../json.ts';
import { boundedCache } from '../bounded-cache.ts';
import { readPathAt } from '../json-path/parse-path.ts';
import { TextCursor } from '../json-path/text-cursor.ts';

export interface Call {
  readonly kind: 'call';
  /** `States.Format` and so on, not yet looked up. */
  readonly name: string;
  readonly arguments: readonly Argument[];
}

type Argument =
  | Call
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'literal'; readonly value: Json };

const CALL_CACHE_LIMIT = 2_000;

/** Step Functions' limit for calls inside each other. */
const MAX_NESTED_CALLS = 10;

/** Reads `States.Name(argument, ...)`. A text that is none throws a SyntaxError that says where. */
export const parseCall: (text: string) => Call = boundedCache(CALL_CACHE_LIMIT, (text) => {
  const cursor = new TextCursor(text.trim());
  const call = readCall(cursor, 1);
  if (!cursor.atEnd()) throw cursor.expected('the end of the call');
  return call;
});

function readCall(cursor: TextCursor, depth: number): Call {
  if (depth > MAX_NESTED_CALLS) throw cursor.expected(`at most ${MAX_NESTED_CALLS} calls inside each other`);
  const name = cursor.match(/States\.[A-Za-z0-9]+/uy);
  if (name === undefined) throw cursor.expected('the name of an intrinsic function, such as States.Format');
  cursor.skipSpace();
  cursor.need('(');
  const found: Argument[] = [];
  cursor.skipSpace();
  if (cursor.take(')')) return { kind: 'call', name, arguments: found };
  do {
    cursor.skipSpace();
    found.push(readArgument(cursor, depth, name === 'States.Format' && found.length === 0));
    cursor.skipSpace();
  } while (cursor.take(','));
  cursor.need(')');
  return { kind: 'call', name, arguments: found };
}

function readArgument(cursor: TextCursor, depth: number, isFormatTemplate: boolean): Argument {
  const next = cursor.text[cursor.position];
  if (next === 'S') return readCall(cursor, depth + 1);
  if (next === '$') {
    const start = cursor.position;
    readPathAt(cursor);
    return { kind: 'path', path: cursor.text.slice(start, cursor.position) };
  }
  if (next === "'") return { kind: 'literal', value: readString(cursor, isFormatTemplate) };
  const number = cursor.takeNumber();
  if (number !== undefined) return { kind: 'literal', value: number };
  const word = cursor.match(/(?:true|false|null)\b/uy);
  if (word === undefined)
    throw cursor.expected("a path, a '...' string, a number, true, false, null or a call");
  return { kind: 'literal', value: word === 'null' ? null : word === 'true' };
}

/**
 * A backslash may stand before an apostrophe, a brace and a backslash. The template of States.Format keeps it before a brace and a
 * backslash: there `{}` and `\{}` differ.
 */
function readString(cursor: TextCursor, isFormatTemplate: boolean): string {
  cursor.need("'");
  let value = '';
  for (;;) {
    value += cursor.match(/[^'\\]+/uy) ?? '';
    if (cursor.take("'")) return value;
    const escaped = cursor.match(/\\['{}\\]/uy);
    if (escaped === undefined) throw cursor.expected("a closing ' (or one of ' { } \\ after a backslash)");
    value += isFormatTemplate && escaped !== "\\'" ? escaped : escaped.slice(1);
  }
}
