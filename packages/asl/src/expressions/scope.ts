import type { Json, JsonObject } from '../json.ts';

/** Variables by name, without the `$`. Those of outer scopes are among them. */
export type Variables = Readonly<Record<string, Json>>;

/** What a JSONPath field can read: `$` is the input, `$$` the context object, `$name` a variable. */
export interface PathScope {
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: Variables;
  readonly guard?: ReadGuard | undefined;
}

/** What a JSONata field can read: `$states` and `$name`. `result` and `errorOutput` exist only where the language has them. */
export interface JsonataScope {
  readonly states: {
    readonly input: Json;
    readonly context: JsonObject;
    readonly result?: Json;
    readonly errorOutput?: Json;
  };
  readonly variables: Variables;
  /** What `$now` and `$millis` say, epoch milliseconds. */
  readonly nowMs: number;
  readonly guard?: ReadGuard | undefined;
}

/**
 * Where data holds stand-ins for what is not there yet (stepping/pending.ts), an expression asks before it reads inside a value in a
 * way that a stand-in does not notice. Throws where there is one in the value.
 */
export type ReadGuard = (value: Json) => void;

/** Injected, so that States.UUID, States.MathRandom, $uuid, $random and jitter can be repeated. */
export interface Randomness {
  /** In [0, 1). */
  random(): number;
  uuid(): string;
}
