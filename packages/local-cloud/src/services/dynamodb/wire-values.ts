import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef } from '@smithy/types';
import { notImplemented } from '../../errors.ts';
import type { Wire } from './dynalite.ts';
import { invalid } from './errors.ts';

/** Lists and maps in one another. */
const MAX_LEVELS = 32;

/** An input of the SDK as it travels in JSON: bytes as base64, what is undefined or null left out. */
export function toWireObject(input: object): Wire {
  const members = Object.entries(input).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, toWire(member, 0)]));
}

function toWire(value: unknown, levels: number): unknown {
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }
  // Where a value must be. An empty one is refused in AWS's words; over null dynalite would stumble.
  if (value === null) return {};
  if (levels > MAX_LEVELS) {
    throw invalid(
      'One or more parameter values were invalid: Nesting Levels have exceeded supported limits: ' +
        'Attributes in the item have nested levels beyond supported limit',
    );
  }
  if (Array.isArray(value)) return value.map((each) => toWire(each, levels));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (name === '__proto__') throw notImplemented('dynamodb', 'AttributeValue', 'the name __proto__');
      if (member === undefined) return [];
      const isLevel = name === 'L' ? Array.isArray(member) : name === 'M' && isObject(member);
      return [[name, toWire(member, levels + (isLevel ? 1 : 0))]];
    }),
  );
}

/** JSON as the SDK has it: base64 as bytes and epoch seconds as dates, where the model says so; members that it lacks left out. */
export function fromWire(ref: $SchemaRef, value: unknown): unknown {
  const schema = NormalizedSchema.of(ref);
  if (value === undefined || value === null) return undefined;
  if (schema.getName(true) === 'com.amazonaws.dynamodb#AttributeValue') return attributeValue(value);
  if (schema.isBlobSchema()) return Buffer.from(typeof value === 'string' ? value : '', 'base64');
  if (schema.isTimestampSchema()) return new Date(Math.round(Number(value) * 1000));
  if (schema.isListSchema() && Array.isArray(value)) {
    const member = schema.getValueSchema();
    return value.map((each) => fromWire(member, each));
  }
  if (!isObject(value)) return value;
  if (schema.isMapSchema()) {
    const member = schema.getValueSchema();
    // A projection finds what every object inherits (toString) where an attribute is missing.
    const members = Object.entries(value).filter(([, each]) => typeof each !== 'function');
    return Object.fromEntries(members.map(([key, each]) => [key, fromWire(member, each)]));
  }
  const found: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const each = fromWire(member, value[name]);
    if (each !== undefined) found[name] = each;
  }
  return found;
}

/** Most of what a table answers with: so without the schema, which would tell no more than the names do. */
function attributeValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { B, BS, L, M } = value;
  if (typeof B === 'string') return { B: Buffer.from(B, 'base64') };
  if (Array.isArray(BS)) return { BS: BS.map((each) => Buffer.from(String(each), 'base64')) };
  if (Array.isArray(L)) return { L: L.map(attributeValue) };
  if (isObject(M)) {
    return { M: Object.fromEntries(Object.entries(M).map(([name, each]) => [name, attributeValue(each)])) };
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
