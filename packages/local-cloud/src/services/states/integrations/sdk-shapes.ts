import { Readable } from 'node:stream';
import type { Json, JsonObject } from '@skyground/asl';
import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject } from '../read-json.ts';

/** The most that a task may answer; what a stream has beyond it need not be read. */
const MAXIMUM_RESULT_BYTES = 256 * 1024;

/** Step Functions writes every member with a capital, whatever the service's own model does. */
export function memberNames(schema: NormalizedSchema): ReadonlySet<string> {
  return new Set([...schema.structIterator()].map(([name]) => capitalised(name)));
}

/**
 * A task's parameters as the operation's input; `sdkProblems` has found none. Text and any other JSON may stand for bytes and
 * for strings; null is as good as missing.
 */
export function toOperationInput(schema: NormalizedSchema, value: Json): unknown {
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((item) => toOperationInput(schema.getValueSchema(), item));
  }
  if (schema.isStructSchema() && isObject(value)) {
    const given = [...schema.structIterator()].flatMap(([name, member]) => {
      const item = value[capitalised(name)];
      return item === undefined || item === null ? [] : [[name, toOperationInput(member, item)] as const];
    });
    return Object.fromEntries(given);
  }
  if (schema.isMapSchema() && isObject(value)) {
    const items = Object.entries(value).map(
      ([key, item]) => [key, toOperationInput(schema.getValueSchema(), item)] as const,
    );
    return Object.fromEntries(items);
  }
  if (schema.isBlobSchema()) return Buffer.from(textOf(value));
  if (schema.isTimestampSchema()) return new Date(typeof value === 'number' ? value : textOf(value));
  return schema.isStringSchema() ? textOf(value) : value;
}

/** An operation's output as a task's result: bytes as text, times in ISO 8601, what is missing left out. */
export async function fromOperationOutput(schema: NormalizedSchema, value: unknown): Promise<Json> {
  if (value instanceof Readable) return readText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date) return instant(value);
  if (Array.isArray(value)) {
    const itemSchema = schema.isListSchema() ? schema.getValueSchema() : schema;
    return Promise.all(value.map((item) => fromOperationOutput(itemSchema, item)));
  }
  if (typeof value === 'object' && value !== null) return fromStructure(schema, value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

async function fromStructure(schema: NormalizedSchema, value: object): Promise<JsonObject> {
  const members = new Map(schema.isStructSchema() ? schema.structIterator() : []);
  const entries = await Promise.all(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(async ([name, item]): Promise<[string, Json]> => {
        const member = members.get(name);
        if (member !== undefined) return [capitalised(name), await fromOperationOutput(member, item)];
        // A map's keys are data and stay as they are.
        const itemSchema = schema.isMapSchema() ? schema.getValueSchema() : schema;
        return [name, await fromOperationOutput(itemSchema, item)];
      }),
  );
  return Object.fromEntries(entries);
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    sizeBytes += chunk.length;
    // One byte more than fits is enough for the size to be refused as that of any other result.
    if (sizeBytes > MAXIMUM_RESULT_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** As Java prints an instant: without a fraction that is zero. */
function instant(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function capitalised(name: string): string {
  return name.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
