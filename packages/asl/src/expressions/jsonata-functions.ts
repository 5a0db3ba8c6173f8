import type { Json } from '../json.ts';
import { partition, range } from './intrinsics/arrays.ts';
import { digestOf } from './intrinsics/encoding.ts';
import { parseJson } from './intrinsics/json.ts';
import type { Randomness } from './scope.ts';
import { SeededRandom } from './seeded-random.ts';

/** What an expression hands a function: JSON, or undefined where it found nothing. */
type Given = Json | undefined;

/** Why a function of Step Functions' own failed; the code is of the kind that JSONata's own functions have. */
export class JsonataFunctionError extends Error {
  override readonly name = 'JsonataFunctionError';
  readonly code = 'T0410';
}

/**
 * What Step Functions adds to JSONata, and `$random`, which it changes to take a seed. `$eval` is taken away. An argument that found
 * nothing gives nothing, as everywhere in JSONata.
 */
export function stepFunctionsFunctions(randomness: Randomness): Readonly<Record<string, unknown>> {
  return {
    eval: undefined,
    partition: (list: Given, size: Given) => {
      if (list === undefined) return undefined;
      return partition(Array.isArray(list) ? [...list] : [list], Math.trunc(positive('partition', size)));
    },
    range: (first: Given, last: Given, step: Given) => {
      if (first === undefined || last === undefined) return undefined;
      const numbers = range(numeric('range', first), numeric('range', last), numeric('range', step));
      if (numbers === undefined)
        throw new JsonataFunctionError('range() takes a step other than 0 and gives at most 1000 numbers');
      // A sequence, as AWS's is: of one number it is that number, of none nothing.
      return Object.defineProperty(numbers, 'sequence', { value: true, enumerable: false });
    },
    hash: (text: Given, algorithm: Given) => {
      if (text === undefined) return undefined;
      const digest =
        typeof text === 'string' && typeof algorithm === 'string' ? digestOf(text, algorithm) : undefined;
      if (digest !== undefined) return digest;
      throw new JsonataFunctionError('hash() takes a string and MD5, SHA-1, SHA-256, SHA-384 or SHA-512');
    },
    random: (seed: Given) => {
      return seed === undefined ? randomness.random() : new SeededRandom(numeric('random', seed)).fraction();
    },
    uuid: () => randomness.uuid(),
    parse: (text: Given) => {
      if (text === undefined) return undefined;
      const value = typeof text === 'string' ? parseJson(text) : undefined;
      if (value === undefined) throw new JsonataFunctionError('parse() takes a string that is JSON');
      return value;
    },
  };
}

function numeric(name: string, value: Given): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new JsonataFunctionError(`${name}() takes a number, got ${JSON.stringify(value) ?? 'nothing'}`);
}

function positive(name: string, value: Given): number {
  const number = numeric(name, value);
  if (number >= 1) return number;
  throw new JsonataFunctionError(`${name}() takes a number of at least 1, got ${number}`);
}
