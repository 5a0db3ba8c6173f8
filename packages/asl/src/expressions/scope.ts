import type { Json, JsonObject } from '../json.ts';

/** Variables by name, without the `$`. Those of outer scopes are among them. */
export type Variables = Readonly<Record<string, Json>>;

/** What a JSONPath field can read: `$` is the input, `$$` the context object, `$name` a variable. */
export interface PathScope {
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: Variables;
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
}

/** Injected, so that States.UUID, States.MathRandom, $uuid, $random and jitter can be repeated. */
export interface Randomness {
  /** In [0, 1). */
  random(): number;
  uuid(): string;
}
