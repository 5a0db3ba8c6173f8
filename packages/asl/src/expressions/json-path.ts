import { RuntimeFault } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { PathScope } from './scope.ts';

/**
 * The value that a path names, or undefined where the data has none. `$` is the input, `$$` the context object, `$name` a variable.
 * In the making: only `$.a.b` so far.
 */
export function findPath(path: string, scope: PathScope): Json | undefined {
  const [root = '', ...names] = path.split('.');
  let value: Json | undefined =
    root === '$' ? scope.input : root === '$$' ? scope.context : scope.variables[root.slice(1)];
  for (const name of names) value = isJsonObject(value) ? value[name] : undefined;
  return value;
}

/** As findPath; a path without a value is a RuntimeFault in the words that AWS has for InputPath, OutputPath and the like. */
export function readPath(path: string, scope: PathScope): Json {
  const value = findPath(path, scope);
  if (value === undefined) throw new RuntimeFault(`Invalid path '${path}' : No results for path: ${path}`);
  return value;
}
