import { isJsonObject, type Json } from '../json.ts';
import { readPath } from './json-path.ts';
import type { PathScope, Randomness } from './scope.ts';

/** Parameters, ResultSelector, Assign, ItemSelector: keys that end in `.$` hold paths or intrinsic functions. In the making. */
export function applyTemplate(template: Json, scope: PathScope, randomness: Randomness): Json {
  if (Array.isArray(template)) return template.map((item: Json) => applyTemplate(item, scope, randomness));
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') && typeof value === 'string'
        ? [key.slice(0, -2), readPath(value, scope)]
        : [key, applyTemplate(value, scope, randomness)],
    ),
  );
}
