import { isJsonObject, type Json } from '../json.ts';

/**
 * Whether two values are the same JSON: members in any order, `1` and `1.0` alike (both are JavaScript's 1). By a list of its own
 * instead of recursion: input may be nested deeper than the stack is.
 */
export function jsonEqual(left: Json, right: Json): boolean {
  const waiting: [Json, Json][] = [[left, right]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (const [at, item] of a.entries()) waiting.push([item, b[at]]);
    } else if (isJsonObject(a) && isJsonObject(b)) {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        const [ours, theirs] = [a[name], Object.hasOwn(b, name) ? b[name] : undefined];
        if (ours === undefined || theirs === undefined) return false;
        waiting.push([ours, theirs]);
      }
    } else {
      return false;
    }
  }
  return true;
}
