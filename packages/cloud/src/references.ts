import type { Json, JsonObject } from '@skyground/asl';

import type { FunctionDeclaration } from './declaration/function.ts';
import type { Reference } from './declaration/reference.ts';
import { CloudUsageError } from './errors.ts';
import { isJsonObject } from './json.ts';
import type { AppNames } from './names.ts';

/** The value of a key; `kind` is for the message where nothing of that key is declared. */
export function declared<V>(record: Readonly<Record<string, V>> | undefined, kind: string, key: string): V {
  const value = record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
  if (value !== undefined) return value;
  const known = Object.keys(record ?? {}).join(', ') || 'none';
  throw new CloudUsageError(`${kind} ${key}: expected one that the app declares (${known}).`);
}

/** What a reference stands for. */
export function resolveReference(names: AppNames, reference: Reference): string {
  if ('bucket' in reference) return declared(names.buckets, 'bucket', reference.bucket);
  if ('table' in reference) return declared(names.tables, 'table', reference.table).name;
  if ('function' in reference) return declared(names.functions, 'function', reference.function).arn;
  return declared(names.stateMachines, 'state machine', reference.stateMachine).arn;
}

/** A function's variables with their references resolved. */
export function resolvedEnvironment(
  names: AppNames,
  { environment }: FunctionDeclaration,
): Readonly<Record<string, string>> {
  const variables = Object.entries(environment).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : resolveReference(names, value),
  ]);
  return Object.fromEntries(variables);
}

const PLACEHOLDER = /\$\{(buckets|tables|functions|stateMachines)\.([\w-]+)\}/g;

/** A definition with its placeholders filled in. */
export function fillIn(definition: JsonObject, names: AppNames): JsonObject {
  return mapObject(definition, (text) =>
    text.replace(PLACEHOLDER, (_all, section: keyof typeof referenceOf, key: string) =>
      resolveReference(names, referenceOf[section](key)),
    ),
  );
}

const referenceOf = {
  buckets: (key: string): Reference => ({ bucket: key }),
  tables: (key: string): Reference => ({ table: key }),
  functions: (key: string): Reference => ({ function: key }),
  stateMachines: (key: string): Reference => ({ stateMachine: key }),
} as const;

function mapObject(object: JsonObject, map: (text: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, mapTexts(value, map)]));
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, map));
  return isJsonObject(value) ? mapObject(value, map) : value;
}
