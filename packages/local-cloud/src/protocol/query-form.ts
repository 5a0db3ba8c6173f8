import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef } from '@smithy/types';

const strings = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
});

/** Members beyond this index are not looked for: no listed operation takes more. */
const MAX_LIST_LENGTH = 1000;

/** A query-protocol form (`Tags.member.1.Key=a`) as the structure that the schema describes; undefined where nothing is given. */
export function readForm(schema: $SchemaRef, form: URLSearchParams, prefix = ''): unknown {
  const shape = NormalizedSchema.of(schema);
  if (shape.isStructSchema()) return readStructure(shape, form, prefix);
  if (shape.isListSchema()) return readList(shape, form, prefix);
  if (shape.isMapSchema()) return readMap(shape, form, prefix);
  const text = form.get(prefix);
  return text === null ? undefined : strings.read(shape, text);
}

function readStructure(shape: NormalizedSchema, form: URLSearchParams, prefix: string): unknown {
  const found: Record<string, unknown> = {};
  for (const [name, member] of shape.structIterator()) {
    const wireName = member.getMergedTraits().xmlName ?? name;
    const value = readForm(member, form, prefix === '' ? wireName : `${prefix}.${wireName}`);
    if (value !== undefined) found[name] = value;
  }
  return Object.keys(found).length === 0 && prefix !== '' ? undefined : found;
}

function readList(shape: NormalizedSchema, form: URLSearchParams, prefix: string): unknown {
  const member = shape.getValueSchema();
  const flat = Boolean(shape.getMergedTraits().xmlFlattened);
  const base = flat ? prefix : `${prefix}.${member.getMergedTraits().xmlName ?? 'member'}`;
  const list: unknown[] = [];
  for (let index = 1; index <= MAX_LIST_LENGTH; index++) {
    const value = readForm(member, form, `${base}.${index}`);
    if (value === undefined) break;
    list.push(value);
  }
  return list.length > 0 || form.has(prefix) ? list : undefined;
}

function readMap(shape: NormalizedSchema, form: URLSearchParams, prefix: string): unknown {
  const keyName = shape.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueName = shape.getValueSchema().getMergedTraits().xmlName ?? 'value';
  const base = shape.getMergedTraits().xmlFlattened ? prefix : `${prefix}.entry`;
  const map: Record<string, unknown> = Object.create(null);
  for (let index = 1; index <= MAX_LIST_LENGTH; index++) {
    const key = form.get(`${base}.${index}.${keyName}`);
    if (key === null) break;
    map[key] = readForm(shape.getValueSchema(), form, `${base}.${index}.${valueName}`);
  }
  return Object.keys(map).length === 0 ? undefined : map;
}
