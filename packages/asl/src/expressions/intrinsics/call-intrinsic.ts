import { RuntimeFault } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { findPath } from '../json-path.ts';
import type { PathScope, Randomness } from '../scope.ts';
import { arrayContains, arrayGetItem, arrayPartition, arrayRange, arrayUnique } from './arrays.ts';
import { base64Decode, base64Encode, hash } from './encoding.ts';
import { Arguments, IntrinsicError, type IntrinsicFunction, taking } from './intrinsic-function.ts';
import { jsonMerge, jsonToString, stringToJson } from './json.ts';
import { mathAdd, mathRandom } from './math.ts';
import { type Call, parseCall } from './parse-call.ts';
import { format, stringSplit } from './strings.ts';

const intrinsicFunctions: ReadonlyMap<string, IntrinsicFunction> = new Map([
  ['States.Array', taking(0, (given) => given.values, Number.POSITIVE_INFINITY)],
  ['States.ArrayContains', taking(2, arrayContains)],
  ['States.ArrayGetItem', taking(2, arrayGetItem)],
  ['States.ArrayLength', taking(1, (given) => given.list(0).length)],
  ['States.ArrayPartition', taking(2, arrayPartition)],
  ['States.ArrayRange', taking(3, arrayRange)],
  ['States.ArrayUnique', taking(1, arrayUnique)],
  ['States.Base64Decode', taking(1, base64Decode)],
  ['States.Base64Encode', taking(1, base64Encode)],
  ['States.Format', taking(1, format, Number.POSITIVE_INFINITY)],
  ['States.Hash', taking(2, hash)],
  ['States.JsonMerge', taking(3, jsonMerge)],
  ['States.JsonToString', taking(1, jsonToString)],
  ['States.MathAdd', taking(2, mathAdd)],
  ['States.MathRandom', taking(2, mathRandom, 3)],
  ['States.StringSplit', taking(2, stringSplit)],
  ['States.StringToJson', taking(1, stringToJson)],
  ['States.UUID', taking(0, (given) => given.randomness.uuid())],
]);

/**
 * Evaluates `States.Format('{}', $.a)` and the like. The specification has States.IntrinsicFailure for what goes wrong; Step
 * Functions itself says States.Runtime and names the whole expression, however deep the call is that failed.
 */
export function callIntrinsic(text: string, scope: PathScope, randomness: Randomness): Json {
  try {
    return evaluateCall(parseCall(text), scope, randomness);
  } catch (error) {
    // A RangeError is the stack's end: the data is nested deeper than it can be compared or written.
    const ours =
      error instanceof IntrinsicError || error instanceof SyntaxError || error instanceof RangeError;
    if (!ours) throw error;
    throw new RuntimeFault(`The function '${text}' had the following error: ${error.message}`, undefined, {
      cause: error,
    });
  }
}

/** Whether a text calls known functions, as far as that can be told before it is evaluated. */
export function isIntrinsicCall(text: string): boolean {
  try {
    return isKnown(parseCall(text));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isKnown(call: Call): boolean {
  return (
    intrinsicFunctions.has(call.name) &&
    call.arguments.every((argument) => argument.kind !== 'call' || isKnown(argument))
  );
}

function evaluateCall(call: Call, scope: PathScope, randomness: Randomness): Json {
  const intrinsic = intrinsicFunctions.get(call.name);
  if (intrinsic === undefined) throw new IntrinsicError(`Unknown intrinsic function ${call.name}`);
  const values = call.arguments.map((argument): Json => {
    if (argument.kind === 'literal') return argument.value;
    return argument.kind === 'call'
      ? evaluateCall(argument, scope, randomness)
      : readArgument(argument.path, scope);
  });
  const given = new Arguments(call.name, values, randomness);
  if (values.length < intrinsic.minArguments || values.length > intrinsic.maxArguments) throw given.invalid();
  return intrinsic.apply(given);
}

function readArgument(path: string, scope: PathScope): Json {
  const value = findPath(path, scope);
  if (value !== undefined) {
    scope.guard?.(value);
    return value;
  }
  throw new IntrinsicError(
    `The JsonPath argument for the field '${path}' could not be found in the input '${JSON.stringify(scope.input)}'`,
  );
}
