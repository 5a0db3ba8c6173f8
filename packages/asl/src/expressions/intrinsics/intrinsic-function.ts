import type { Json, JsonObject } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import type { Randomness } from '../scope.ts';

/** What the arguments of an intrinsic function do not fit; the call that it stands in makes a RuntimeFault of it. */
export class IntrinsicError extends Error {
  override readonly name = 'IntrinsicError';
}

/** The arguments of one call, read by position and type; any other type is the fault that Step Functions gives. */
export class Arguments {
  readonly #name: string;
  readonly values: readonly Json[];
  readonly randomness: Randomness;

  constructor(name: string, values: readonly Json[], randomness: Randomness) {
    this.#name = name;
    this.values = values;
    this.randomness = randomness;
  }

  any(at: number): Json {
    const value = this.values[at];
    if (value === undefined) throw this.invalid();
    return value;
  }

  text(at: number, maxLength?: number): string {
    const value = this.any(at);
    if (typeof value !== 'string' || (maxLength !== undefined && value.length > maxLength))
      throw this.invalid();
    return value;
  }

  number(at: number): number {
    const value = this.any(at);
    if (typeof value !== 'number') throw this.invalid();
    return value;
  }

  /** The documentation says rounded; Step Functions was seen to cut the fraction off everywhere but in States.MathAdd. */
  integer(at: number): number {
    return int32(Math.trunc(this.number(at)), this);
  }

  list(at: number): readonly Json[] {
    const value = this.any(at);
    if (!Array.isArray(value)) throw this.invalid();
    return value;
  }

  object(at: number): JsonObject {
    const value = this.any(at);
    if (!isJsonObject(value)) throw this.invalid();
    return value;
  }

  invalid(detail = ''): IntrinsicError {
    return new IntrinsicError(`Invalid arguments in ${this.#name}${detail}`);
  }
}

export function int32(value: number, given: Arguments): number {
  if (!(value >= -(2 ** 31) && value < 2 ** 31)) throw given.invalid();
  // Not minus zero, which JSON would keep.
  return value + 0;
}

export interface IntrinsicFunction {
  readonly minArguments: number;
  readonly maxArguments: number;
  readonly apply: (given: Arguments) => Json;
}

/** A function that takes `count` arguments, or between `count` and `most`. */
export function taking(count: number, apply: (given: Arguments) => Json, most = count): IntrinsicFunction {
  return { minArguments: count, maxArguments: most, apply };
}
