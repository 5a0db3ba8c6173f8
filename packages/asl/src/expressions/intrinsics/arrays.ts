import type { Json } from '../../json.ts';
import { inHashOrder } from '../java-hash-order.ts';
import { jsonEqual } from '../json-equal.ts';
import type { Arguments } from './intrinsic-function.ts';

const MAX_RANGE_LENGTH = 1_000;

export function arrayPartition(given: Arguments): Json {
  const [list, size] = [given.list(0), given.integer(1)];
  if (size < 1) throw given.invalid();
  return partition(list, size);
}

export function partition(list: readonly Json[], size: number): Json[] {
  const parts: Json[] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

export function arrayContains(given: Arguments): Json {
  const [list, wanted] = [given.list(0), given.any(1)];
  return list.some((item) => jsonEqual(item, wanted));
}

export function arrayRange(given: Arguments): Json {
  const numbers = range(given.integer(0), given.integer(1), given.integer(2));
  if (numbers === undefined) throw given.invalid();
  return numbers;
}

/** From first to last, both included; undefined for a step of zero and for more than a thousand numbers. */
export function range(first: number, last: number, step: number): number[] | undefined {
  if (step === 0) return undefined;
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  return length > MAX_RANGE_LENGTH ? undefined : Array.from({ length }, (_, at) => first + at * step);
}

/** Of an empty list every item is null, as Step Functions was seen to answer. */
export function arrayGetItem(given: Arguments): Json {
  const [list, index] = [given.list(0), given.integer(1)];
  if (list.length === 0 && index >= 0) return null;
  const item = list[index];
  if (item === undefined) throw given.invalid();
  return item;
}

export function arrayUnique(given: Arguments): Json {
  // Equal values have equal texts as long as their members are in one order; a thousand items are not compared a million times.
  const seen = new Map<string, Json>();
  for (const item of given.list(0)) {
    const key = canonicalText(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return inHashOrder([...seen.values()], (item) => item);
}

function canonicalText(value: Json): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
