import { RuntimeFault } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import { callIntrinsic } from './intrinsics/call-intrinsic.ts';
import { inHashOrder } from './java-hash-order.ts';
import { findPath, leadsPastEnd } from './json-path.ts';
import type { PathScope, Randomness } from './scope.ts';

/** A definition is at most 1 MB, which is room for more brackets than the stack has frames. */
const MAX_DEPTH = 1_000;

/**
 * Parameters, ResultSelector, Assign, ItemSelector: a member whose name ends in `.$` holds a path or an intrinsic function and
 * gives its value under the name without `.$`; everything else stays. The dynamic members come after the others, in the order in
 * which Step Functions has them.
 */
export function applyTemplate(template: Json, scope: PathScope, randomness: Randomness, depth = 0): Json {
  if (depth > MAX_DEPTH)
    throw new RuntimeFault(`A payload template may be nested at most ${MAX_DEPTH} levels deep.`);
  if (Array.isArray(template)) {
    return template.map((item: Json) => applyTemplate(item, scope, randomness, depth + 1));
  }
  if (!isJsonObject(template)) return template;
  const constant: [string, Json][] = [];
  const dynamic: [string, Json][] = [];
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$')) dynamic.push([key.slice(0, -2), evaluateMember(key, value, scope, randomness)]);
    else constant.push([key, applyTemplate(value, scope, randomness, depth + 1)]);
  }
  return Object.fromEntries([...constant, ...inHashOrder(dynamic, ([name]) => name)]);
}

/** A path or an intrinsic function where the language takes either: a template's member, CausePath, ErrorPath. */
export function evaluateMember(field: string, written: Json, scope: PathScope, randomness: Randomness): Json {
  if (typeof written !== 'string') {
    throw new RuntimeFault(
      `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`,
    );
  }
  if (written.startsWith('States.')) return callIntrinsic(written, scope, randomness);
  const value = findPath(written, scope);
  if (value !== undefined) return value;
  if (leadsPastEnd(written, scope)) return null;
  throw new RuntimeFault(
    `The JSONPath '${written}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.input)}'`,
  );
}
