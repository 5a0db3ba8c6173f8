import type { Json } from '@skyground/asl';
import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject } from '../read-json.ts';
import { notSupported, wrongType } from './parameters.ts';
import { capitalised } from './sdk-shapes.ts';

/** What in a task's parameters the operation's schema has no place for. Text and numbers become what is asked for, null is nothing. */
export function* sdkProblems(schema: NormalizedSchema, value: Json, where = ''): Generator<string> {
  if (value === null) return;
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) yield wrongType(where, 'a LIST');
    else for (const item of value) yield* sdkProblems(schema.getValueSchema(), item, where);
  } else if (schema.isStructSchema() || schema.isMapSchema()) {
    if (!isObject(value)) yield wrongType(where, 'an OBJECT');
    else yield* memberProblems(schema, value, where);
  } else if (schema.isTimestampSchema()) {
    if (
      typeof value === 'object' ||
      Number.isNaN(new Date(typeof value === 'number' ? value : `${value}`).getTime())
    ) {
      yield wrongType(where, 'a TIMESTAMP');
    }
  }
}

function* memberProblems(
  schema: NormalizedSchema,
  value: { readonly [name: string]: Json },
  where: string,
): Generator<string> {
  const members = new Map(
    schema.isStructSchema() ? [...schema.structIterator()].map(([name, of]) => [capitalised(name), of]) : [],
  );
  for (const [name, item] of Object.entries(value)) {
    const place = where === '' ? name : `${where}.${name}`;
    const member = schema.isMapSchema() ? schema.getValueSchema() : members.get(name);
    if (member !== undefined) yield* sdkProblems(member, item, place);
    // The names at the top are known before: those that are missing are told with those that are too many.
    else if (where !== '') yield notSupported(place);
  }
}
