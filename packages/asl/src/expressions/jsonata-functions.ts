import type { Json } from '../json.ts';
import { partition, range } from './intrinsics/arrays.ts';
import { digestOf } from './intrinsics/encoding.ts';
import { parseJson } from './intrinsics/json.ts';
import type { Randomness } from './scope.ts';
import { SeededRandom } from './seeded-random.ts';

/** What an expression hands a function: JSON, or undefined where it found nothing. */
type Given = Json | undefined;

/** An argument that a function does not take; JSONata makes the message of it, as for its own functions. */
class ArgumentMismatch extends Error {
  override readonly name = 'ArgumentMismatch';
  readonly code = 'T0410';
  readonly token: string;
  readonly index: number;

  /** `index` counts from 1. */
  constructor(token: string, index: number) {
    super(`Argument ${index} of function ${token} does not match function signature`);
    this.token = token;
    this.index = index;
  }
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
      const length = Math.trunc(numeric('partition', 2, size));
      if (length < 1) throw new ArgumentMismatch('partition', 2);
      return partition(Array.isArray(list) ? [...list] : [list], length);
    },
    range: (first: Given, last: Given, step: Given) => {
      if (first === undefined || last === undefined) return undefined;
      const numbers = range(numeric('range', 1, first), numeric('range', 2, last), numeric('range', 3, step));
      if (numbers === undefined) throw new ArgumentMismatch('range', 3);
      // A sequence, as AWS's is: of one number it is that number, of none nothing.
      return Object.defineProperty(numbers, 'sequence', { value: true, enumerable: false });
    },
    hash: (text: Given, algorithm: Given) => {
      if (text === undefined) return undefined;
      if (typeof text !== 'string') throw new ArgumentMismatch('hash', 1);
      const digest = typeof algorithm === 'string' ? digestOf(text, algorithm) : undefined;
      if (digest === undefined) throw new ArgumentMismatch('hash', 2);
      return digest;
    },
    random: (seed: Given) => {
      return seed === undefined
        ? randomness.random()
        : new SeededRandom(numeric('random', 1, seed)).fraction();
    },
    uuid: () => randomness.uuid(),
    parse: (text: Given) => {
      if (text === undefined) return undefined;
      const value = typeof text === 'string' ? parseJson(text) : undefined;
      if (value === undefined) throw new ArgumentMismatch('parse', 1);
      return value;
    },
  };
}

function numeric(name: string, index: number, value: Given): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ArgumentMismatch(name, index);
}
