import { boundedCache } from '../bounded-cache.ts';
import { type Condition, parseCondition } from './parse-filter.ts';
import { TextCursor } from './text-cursor.ts';

/**
 * One step of a path. Several names at its end give one object with these `members`, elsewhere a list. `length` is `.length()`, the
 * one function of Jayway's that workflows use.
 */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'members' | 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descent' }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'length' };

export interface Path {
  /** `$`, `$$` or `$variable`; `@` inside a filter. */
  readonly root: string;
  readonly steps: readonly PathStep[];
  /** The steps before the first that can give more than one value. */
  readonly definiteSteps: readonly PathStep[];
  readonly indefiniteSteps: readonly PathStep[];
}

const PATH_CACHE_LIMIT = 2_000;

/** Reads a whole text as a path. A text that is none throws a SyntaxError that says where. */
export const parsePath: (text: string) => Path = boundedCache(PATH_CACHE_LIMIT, (text) => {
  const cursor = new TextCursor(text);
  const path = readPathAt(cursor);
  if (!cursor.atEnd()) throw cursor.expected('`.`, `[` or the end of the path');
  return path;
});

/** Reads a path at the cursor and leaves the cursor behind it; filters and intrinsic functions have paths inside. */
export function readPathAt(cursor: TextCursor): Path {
  const root = cursor.match(/\$\$|\$[\p{ID_Start}_][\p{ID_Continue}_]*|\$|@/uy);
  if (root === undefined) throw cursor.expected('`$` at the beginning of a path');
  const steps: PathStep[] = [];
  for (;;) {
    if (cursor.take('..')) {
      steps.push({ kind: 'descent' }, cursor.take('[') ? readBracket(cursor) : readName(cursor));
    } else if (cursor.take('.')) {
      steps.push(cursor.take('[') ? readBracket(cursor) : readName(cursor));
    } else if (cursor.take('[')) {
      steps.push(readBracket(cursor));
    } else {
      break;
    }
  }
  const last = steps.at(-1);
  if (last?.kind === 'names') steps[steps.length - 1] = { kind: 'members', names: last.names };
  const split = steps.findIndex(({ kind }) => !definiteKinds.has(kind));
  const at = split === -1 ? steps.length : split;
  return { root, steps, definiteSteps: steps.slice(0, at), indefiniteSteps: steps.slice(at) };
}

const definiteKinds: ReadonlySet<PathStep['kind']> = new Set(['name', 'index', 'members', 'length']);

function readName(cursor: TextCursor): PathStep {
  if (cursor.take('*')) return { kind: 'wildcard' };
  const name = cursor.match(/[^\s.[\](),'"*?@:=<>!&|]+/uy);
  if (name === undefined) throw cursor.expected('a name');
  if (!cursor.take('()')) return { kind: 'name', name };
  if (name === 'length') return { kind: 'length' };
  throw cursor.expected(`no function but length() (${name}() is not supported)`);
}

function readBracket(cursor: TextCursor): PathStep {
  cursor.skipSpace();
  if (cursor.take('?')) {
    cursor.skipSpace();
    cursor.need('(');
    const condition = parseCondition(cursor, readPathAt);
    cursor.need(')');
    cursor.skipSpace();
    cursor.need(']');
    return { kind: 'filter', condition };
  }
  const step = cursor.take('*')
    ? ({ kind: 'wildcard' } as const)
    : (readNames(cursor) ?? readNumbers(cursor));
  cursor.skipSpace();
  cursor.need(']');
  return step;
}

function readNames(cursor: TextCursor): PathStep | undefined {
  const first = cursor.takeQuoted();
  if (first === undefined) return undefined;
  const names = [first];
  for (cursor.skipSpace(); cursor.take(','); cursor.skipSpace()) {
    cursor.skipSpace();
    const name = cursor.takeQuoted();
    if (name === undefined) throw cursor.expected('a name in quotes');
    names.push(name);
  }
  return names.length === 1 ? { kind: 'name', name: first } : { kind: 'names', names };
}

function readNumbers(cursor: TextCursor): PathStep {
  const first = cursor.takeInteger();
  cursor.skipSpace();
  if (cursor.take(':')) {
    cursor.skipSpace();
    return { kind: 'slice', from: first, to: cursor.takeInteger() };
  }
  if (first === undefined) throw cursor.expected('a name in quotes, an index, `*` or `?(`');
  const indices = [first];
  for (; cursor.take(','); cursor.skipSpace()) {
    cursor.skipSpace();
    const index = cursor.takeInteger();
    if (index === undefined) throw cursor.expected('an index');
    indices.push(index);
    cursor.skipSpace();
  }
  return indices.length === 1 ? { kind: 'index', index: first } : { kind: 'indices', indices };
}
