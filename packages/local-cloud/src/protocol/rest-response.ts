import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { $Schema, CodecSettings } from '@smithy/types';
import { AwsError } from '../errors.ts';
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

/**
 * Header text travels as bytes: UTF-8 beyond Latin-1, as S3 sends it. Text that would end the header (a response-*
 * override with a line break) is refused rather than cut.
 */
function headerText(name: string, text: string): string {
  const bytes = /[\u0100-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, bytes);
    return bytes;
  } catch (cause) {
    throw new AwsError(
      'InvalidArgument',
      `Header ${name} cannot hold this value.`,
      400,
      { ArgumentName: name },
      { cause },
    );
  }
}

function isBytes(value: unknown): value is string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof value === 'string' || value instanceof Uint8Array) return true;
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
