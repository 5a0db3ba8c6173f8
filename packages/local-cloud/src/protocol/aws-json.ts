import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { AwsError } from '../errors.ts';
import { RequestBody } from '../server/request-body.ts';
import { jsonBytes } from './json-bytes.ts';
import { errorMembers } from './json-error.ts';
import { readJsonObject } from './json-object.ts';
import type { Protocol } from './protocol.ts';

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** The protocol of CloudWatch Logs: the operation in X-Amz-Target, everything else in one JSON document. */
export const awsJson: Protocol = {
  readInput: async (_model, operation, request) => {
    if (request.body instanceof RequestBody) throw new Error('An RPC operation has no streaming payload.');
    if (request.body.byteLength === 0) return {};
    try {
      return await readJsonObject(codec, operation.inputSchema, request.body);
    } catch (cause) {
      throw new AwsError(
        'SerializationException',
        'The request body is not the JSON that the operation expects.',
        400,
        {},
        { cause },
      );
    }
  },

  writeOutput: (_model, operation, output) => {
    const headers = { 'content-type': CONTENT_TYPE };
    if (operation.outputSchema.isUnitSchema()) return { status: 200, headers, body: undefined };
    return { status: 200, headers, body: jsonBytes(codec, operation.outputSchema, output) };
  },

  writeError: (model, error) => ({
    status: error.httpStatus,
    headers: { 'content-type': CONTENT_TYPE, 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, ...errorMembers(model, error) }),
  }),
};
