import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { AwsError } from '../errors.ts';
import { jsonBytes } from './json-bytes.ts';
import { errorMembers } from './json-error.ts';
import { readJsonObject } from './json-object.ts';
import type { Protocol } from './protocol.ts';
import { readRestInput } from './rest-request.ts';
import { writeRestOutput } from './rest-response.ts';

const settings = {
  timestampFormat: { useTrait: true, default: 7 as const },
  httpBindings: true,
  jsonName: true,
};
const codec = new JsonCodec2(settings);

/** Lambda's protocol. */
export const restJson: Protocol = {
  readInput: (_model, operation, request) =>
    readRestInput(operation, request, settings, async (schema, bytes) => {
      try {
        return await readJsonObject(codec, schema, bytes);
      } catch (cause) {
        throw new AwsError(
          'InvalidRequestContentException',
          'Could not parse request body into json.',
          400,
          {},
          { cause },
        );
      }
    }),

  writeOutput: (_model, operation, output) =>
    writeRestOutput(operation, output, settings, 'application/json', (schema, value) =>
      jsonBytes(codec, schema, value),
    ),

  writeError: (model, error) => ({
    status: error.httpStatus,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify(errorMembers(model, error)),
  }),
};
