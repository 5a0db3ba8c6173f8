import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { $Schema, CodecSettings } from '@smithy/types';
import { AwsError } from '../errors.ts';
import { RequestBody } from '../server/request-body.ts';
import type { BoundMember, OperationModel } from './operation-model.ts';
import type { WireRequest } from './wire.ts';

/** Reads a body of members; the XML codec answers at once, the JSON codec by promise. */
export type BodyReader = (schema: $Schema, bytes: Uint8Array) => unknown;

/** The REST protocols' input: labels, headers, query and body, each where the model puts it. */
export async function readRestInput(
  operation: OperationModel,
  request: WireRequest,
  settings: CodecSettings,
  readBody: BodyReader,
): Promise<Record<string, unknown>> {
  const strings = new FromStringShapeDeserializer(settings);
  const { headers, prefixHeaders, query, labels, payload, body } = operation.input;
  const input: Record<string, unknown> = {};
  for (const name of labels) {
    if (request.labels[name] !== undefined) input[name] = request.labels[name];
  }
  for (const member of query) {
    if (member.schema.isListSchema()) {
      // One parameter for each item (`tagKeys=a&tagKeys=b`).
      const items = request.queryValues(member.wireName);
      const item = member.schema.getValueSchema();
      if (items.length > 0) input[member.name] = items.map((text): unknown => strings.read(item, text));
      continue;
    }
    const text = request.query.get(member.wireName);
    if (text !== undefined) assign(input, member, text, strings);
  }
  for (const member of headers) {
    const text = request.headers[member.wireName];
    if (text !== undefined) assign(input, member, Array.isArray(text) ? text.join(', ') : text, strings);
  }
  for (const member of prefixHeaders) input[member.name] = prefixed(request, member.wireName);

  if (request.body instanceof RequestBody) {
    if (payload !== undefined) input[payload.name] = request.body;
  } else if (payload !== undefined) {
    if (payload.schema.isBlobSchema()) input[payload.name] = request.body;
    else if (request.body.byteLength > 0) {
      input[payload.name] = payload.schema.isStringSchema()
        ? Buffer.from(request.body).toString('utf8')
        : await readBody(payload.schema, request.body);
    }
  } else if (body !== undefined && request.body.byteLength > 0) {
    Object.assign(input, await readBody(body, request.body));
  }
  return input;
}

function assign(
  input: Record<string, unknown>,
  member: BoundMember,
  text: string,
  strings: FromStringShapeDeserializer,
): void {
  const { schema, name, wireName } = member;
  if (schema.isTimestampSchema()) {
    const date = parseDate(strings, schema, text);
    // A date that cannot be read is as good as none (RFC 9110, 13.1.3); S3 does the same.
    if (date !== undefined) input[name] = date;
    return;
  }
  const value: unknown = strings.read(schema, text);
  if (schema.isNumericSchema() && !Number.isSafeInteger(value)) {
    throw new AwsError('InvalidArgument', `Argument ${wireName} must be an integer, found '${text}'.`, 400, {
      ArgumentName: wireName,
      ArgumentValue: text,
    });
  }
  input[name] = value;
}

function parseDate(strings: FromStringShapeDeserializer, schema: $Schema, text: string): Date | undefined {
  try {
    const date: unknown = strings.read(schema, text);
    return date instanceof Date && !Number.isNaN(date.getTime()) ? date : undefined;
  } catch {
    return undefined;
  }
}

function prefixed(request: WireRequest, prefix: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const [name, text] of Object.entries(request.headers)) {
    if (name.startsWith(prefix) && text !== undefined) {
      found[name.slice(prefix.length)] = Array.isArray(text) ? text.join(',') : text;
    }
  }
  return found;
}
