import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { $Schema, CodecSettings } from '@smithy/types';
import { headerText } from './header-text.ts';
import type { OperationModel } from './operation-model.ts';
import type { WireResponse } from './wire.ts';

export type BodyWriter = (schema: $Schema, value: unknown) => string | Uint8Array;

/** The REST protocols' output: status, headers and body, each where the model puts it. */
export function writeRestOutput(
  operation: OperationModel,
  output: Readonly<Record<string, unknown>>,
  settings: CodecSettings,
  contentType: string,
  writeBody: BodyWriter,
): WireResponse {
  const strings = new ToStringShapeSerializer(settings);
  const { headers: headerMembers, prefixHeaders, payload, body: bodySchema, statusCode } = operation.output;
  const headers: Record<string, string> = {};
  for (const { name, wireName, schema } of headerMembers) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    strings.write(schema, value);
    headers[wireName] = headerText(wireName, strings.flush());
  }
  for (const { name, wireName } of prefixHeaders) {
    for (const [key, value] of Object.entries(output[name] ?? {})) {
      headers[wireName + key] = headerText(wireName + key, String(value));
    }
  }
  const status =
    statusCode !== undefined && typeof output[statusCode] === 'number'
      ? output[statusCode]
      : operation.successStatus;

  if (payload !== undefined) {
    const value = output[payload.name];
    if (value === undefined || value === null) return { status, headers, body: undefined };
    if (isBytes(value)) return { status, headers, body: value };
    headers['content-type'] ??= contentType;
    return { status, headers, body: writeBody(payload.schema, value) };
  }
  if (bodySchema !== undefined) {
    headers['content-type'] ??= contentType;
    return { status, headers, body: writeBody(bodySchema, output) };
  }
  return { status, headers, body: undefined };
}

function isBytes(value: unknown): value is string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof value === 'string' || value instanceof Uint8Array) return true;
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
