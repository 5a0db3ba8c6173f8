import type { Json } from '../../json.ts';
import type { Path } from './parse-path.ts';
import type { TextCursor } from './text-cursor.ts';

export type Operand = { readonly path: Path } | { readonly value: Json };

/** What stands in `[?( )]`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };

type ReadPath = (cursor: TextCursor) => Path;

/** Reads a filter's condition at the cursor, up to the bracket that closes it. Nothing is ever evaluated as JavaScript. */
export function parseCondition(cursor: TextCursor, readPath: ReadPath): Condition {
  const readAll = () => readChain(cursor, 'and', '&&', () => readTerm(cursor, readPath));
  return cursor.nested(() => readChain(cursor, 'or', '||', readAll));
}

function readChain(
  cursor: TextCursor,
  kind: 'and' | 'or',
  sign: string,
  readPart: () => Condition,
): Condition {
  const first = readPart();
  const conditions = [first];
  for (cursor.skipSpace(); cursor.take(sign); cursor.skipSpace()) conditions.push(readPart());
  return conditions.length === 1 ? first : { kind, conditions };
}

function readTerm(cursor: TextCursor, readPath: ReadPath): Condition {
  cursor.skipSpace();
  if (cursor.take('!')) return { kind: 'not', condition: cursor.nested(() => readTerm(cursor, readPath)) };
  if (cursor.take('(')) {
    const condition = parseCondition(cursor, readPath);
    cursor.skipSpace();
    cursor.need(')');
    return condition;
  }
  const left = readOperand(cursor, readPath);
  cursor.skipSpace();
  const operator = cursor.match(
    /===|!==|==|!=|<=|>=|=~|<|>|(?:nin|in|subsetof|anyof|noneof|contains|size|empty)\b/uy,
  );
  if (operator === undefined) {
    if ('path' in left) return { kind: 'exists', path: left.path };
    throw cursor.expected('a comparison');
  }
  // A pattern could run for ever, and no workflow of AWS's documentation has one.
  if (operator === '=~') throw cursor.expected('no regular expression (`=~` is not supported in a filter)');
  cursor.skipSpace();
  return { kind: 'compare', operator, left, right: readOperand(cursor, readPath) };
}

function readOperand(cursor: TextCursor, readPath: ReadPath): Operand {
  const next = cursor.text[cursor.position];
  if (next === '@' || next === '$') return { path: readPath(cursor) };
  return { value: readLiteral(cursor) };
}

function readLiteral(cursor: TextCursor): Json {
  const text = cursor.takeQuoted() ?? cursor.takeNumber();
  if (text !== undefined) return text;
  const word = cursor.match(/(?:true|false|null)\b/uy);
  if (word !== undefined) return word === 'null' ? null : word === 'true';
  cursor.need('[');
  const items: Json[] = [];
  cursor.skipSpace();
  if (cursor.take(']')) return items;
  do {
    cursor.skipSpace();
    const item = cursor.takeQuoted() ?? cursor.takeNumber();
    if (item === undefined) throw cursor.expected('a string or a number');
    items.push(item);
    cursor.skipSpace();
  } while (cursor.take(','));
  cursor.need(']');
  return items;
}
