import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { AwsError } from '../errors.ts';
import { RequestBody } from '../server/request-body.ts';
import { faultOf, queryErrorCode } from './aws-query.ts';
import { jsonBytes } from './json-bytes.ts';
import { errorMembers } from './json-error.ts';
import { readJsonObject } from './json-object.ts';
import type { Protocol } from './protocol.ts';

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
/** Of CloudWatch Logs. */
export const awsJson1_1 = awsJson('application/x-amz-json-1.1');
/** Of Step Functions, DynamoDB and CloudWatch: the same but for the content type. */
export const awsJson1_0 = awsJson('application/x-amz-json-1.0');

/** The operation in X-Amz-Target, everything else in one JSON document. */
function awsJson(contentType: string): Protocol {
  return {
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
      const headers = { 'content-type': contentType };
      if (operation.outputSchema.isUnitSchema()) return { status: 200, headers, body: undefined };
      return { status: 200, headers, body: jsonBytes(codec, operation.outputSchema, output) };
    },

    writeError: (model, error) => ({
      status: error.httpStatus,
      headers: {
        'content-type': contentType,
        'x-amzn-errortype': error.code,
        ...(model.alsoSpeaks?.includes('awsQuery') === true && {
          'x-amzn-query-error': `${queryErrorCode(model, error)};${faultOf(error)}`,
        }),
      },
      body: JSON.stringify({ __type: error.code, ...errorMembers(model, error) }),
    }),
  };
}
