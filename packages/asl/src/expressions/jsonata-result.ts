import type { Json } from '../json.ts';

/** An expression's value that is no JSON: a function, a pattern, a number that is none. */
export const unsupportedResult = Symbol('unsupported result');
export type UnsupportedResult = typeof unsupportedResult;

/**
 * JSONata's value as plain JSON: its lists carry marks and a method of their own, which are left behind. What is plain already, as
 * most of a state's input, is handed on and not copied.
 */
export function toPlainJson(value: unknown): Json | UnsupportedResult {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : unsupportedResult;
  if (Array.isArray(value)) return toPlainList(value);
  if (typeof value !== 'object' || isFunctionValue(value)) return unsupportedResult;
  return toPlainObject(value);
}

/** What JSONata writes on its lists, partly hidden. */
const markNames = ['sequence', 'cons', 'keepSingleton', 'outerWrapper', 'tupleStream', 'push'];

function toPlainList(list: readonly unknown[]): Json | UnsupportedResult {
  const items: Json[] = [];
  let changed = markNames.some((name) => Object.hasOwn(list, name));
  for (const item of list) {
    const plain = item === undefined ? null : toPlainJson(item);
    if (typeof plain === 'symbol') return plain;
    changed ||= plain !== item;
    items.push(plain);
  }
  // Unchanged means that every item was found to be plain JSON.
  return changed ? items : (list as readonly Json[]);
}

function toPlainObject(object: object): Json | UnsupportedResult {
  const members: [string, Json][] = [];
  let changed = Object.getPrototypeOf(object) !== Object.prototype;
  for (const [name, member] of Object.entries(object)) {
    if (member === undefined) {
      changed = true;
      continue;
    }
    const plain = toPlainJson(member);
    if (typeof plain === 'symbol') return plain;
    changed ||= plain !== member;
    members.push([name, plain]);
  }
  return changed ? Object.fromEntries(members) : (object as { readonly [name: string]: Json });
}

/** Lambdas and built-in functions of JSONata are objects with a mark; a pattern is a JavaScript function. */
function isFunctionValue(value: object): boolean {
  return (
    Object.hasOwn(value, '_jsonata_lambda') ||
    Object.hasOwn(value, '_jsonata_function') ||
    value instanceof RegExp
  );
}
