import { isJsonObject, type Json } from '../json.ts';
import type { PendingPlace } from './standing.ts';

/** In place of the output of a line that is not there yet. */
export const PENDING: unique symbol = Symbol('the output of a line is not there yet');

/** Something would read inside an output that is not there yet. */
export class PendingRead extends Error {
  override readonly name = 'PendingRead';
}

/** The line of each stand-in. */
const lines = new WeakMap<object, number>();

/** A value that data flow may place and nothing may look into: what does, throws a PendingRead. */
export function standIn(line: number): Json {
  const value = new Proxy(
    {},
    {
      // A promise asks every value for this.
      get: (_, name) => (name === 'then' ? undefined : refuse()),
      has: refuse,
      ownKeys: refuse,
      getOwnPropertyDescriptor: refuse,
    },
  );
  lines.set(value, line);
  return value;
}

function refuse(): never {
  throw new PendingRead('a path leads into the output of a line');
}

/** For what reads values in ways that a stand-in does not notice, such as comparing them. */
export function refusePending(value: Json): void {
  if (takePending(value).pending.length === 0) return;
  throw new PendingRead('an expression reads the output of a line');
}

/** JSON in which some places hold something else. */
export type Filled<Value> =
  | Json
  | Value
  | readonly Filled<Value>[]
  | { readonly [name: string]: Filled<Value> };

/** A copy in which every place holds what its line gives. The value is the one that the places belong to. */
export function fillPending<Value>(
  value: Json,
  pending: readonly PendingPlace[],
  outputOf: (line: number) => Value,
): Filled<Value> {
  return pending.reduce<Filled<Value>>(
    (filled, { path, line }) => fillAt(filled, path, outputOf(line)),
    value,
  );
}

function fillAt<Value>(
  at: Filled<Value>,
  [step, ...rest]: readonly (string | number)[],
  value: Value,
): Filled<Value> {
  if (step === undefined) return value;
  if (typeof step === 'number' && isList(at)) {
    const list: readonly Filled<Value>[] = at;
    return list.with(step, fillAt(list[step] ?? null, rest, value));
  }
  if (typeof step === 'string' && isMembers(at)) {
    const members: { readonly [name: string]: Filled<Value> } = at;
    return { ...members, [step]: fillAt(members[step] ?? null, rest, value) };
  }
  throw new Error(`expected a value with a place at ${JSON.stringify([step, ...rest])}`);
}

/** Array.isArray forgets what a read-only list holds. */
function isList<Value>(value: Filled<Value>): value is readonly Filled<Value>[] {
  return Array.isArray(value);
}

function isMembers<Value>(value: Filled<Value>): value is { readonly [name: string]: Filled<Value> } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value with null for every stand-in, and where they were. */
export function takePending(value: Json): {
  readonly value: Json;
  readonly pending: readonly PendingPlace[];
} {
  const pending: PendingPlace[] = [];
  const take = (at: Json, path: readonly (string | number)[]): Json => {
    if (typeof at !== 'object' || at === null) return at;
    const line = lines.get(at);
    if (line !== undefined) {
      pending.push({ path, line });
      return null;
    }
    if (!isJsonObject(at)) return at.map((item, index) => take(item, [...path, index]));
    return Object.fromEntries(
      Object.entries(at).map(([name, member]) => [name, take(member, [...path, name])]),
    );
  };
  return { value: take(value, []), pending };
}
