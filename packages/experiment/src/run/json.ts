import { inspect } from 'node:util';
import type { z } from 'zod';

export type Json = z.core.util.JSONType;

/**
 * The value as JSON will hold it, so that what is read back later equals what was computed now. Throws on what JSON would
 * change in silence: NaN and infinity (null), undefined, dates, maps.
 */
export function toJson(value: unknown, path: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map((member, index) => toJson(member, `${path}[${index}]`));
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, toJson(member, `${path}.${name}`)]),
      );
    }
  }
  throw new TypeError(
    `${path} is ${inspect(value)}, expected JSON: a finite number, text, a boolean, null, or lists and plain objects of them.`,
  );
}
