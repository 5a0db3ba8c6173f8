import { CborCodec, cbor } from '@smithy/core/cbor';
import { AwsError } from '../errors.ts';
import { RequestBody } from '../server/request-body.ts';
import { faultOf, queryErrorCode } from './aws-query.ts';
import { errorMembers } from './json-error.ts';
import type { Protocol } from './protocol.ts';

const codec = new CborCodec();
const HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** What the newest clients of CloudWatch speak: the operation in the path, everything else in one CBOR document. */
export const rpcV2Cbor: Protocol = {
  readInput: async (_model, operation, request) => {
    if (request.body instanceof RequestBody) throw new Error('An RPC operation has no streaming payload.');
    if (request.body.byteLength === 0) return {};
    try {
      const input: unknown = await codec.createDeserializer().read(operation.inputSchema, request.body);
      return input;
    } catch (cause) {
      throw new AwsError(
        'SerializationException',
        'The request body is not the CBOR that the operation expects.',
        400,
        {},
        { cause },
      );
    }
  },

  writeOutput: (_model, operation, output) => {
    if (operation.outputSchema.isUnitSchema()) return { status: 200, headers: HEADERS, body: undefined };
    const serializer = codec.createSerializer();
    serializer.write(operation.outputSchema, output);
    return { status: 200, headers: HEADERS, body: serializer.flush() };
  },

  writeError: (model, error) => ({
    status: error.httpStatus,
    headers: {
      ...HEADERS,
      ...(model.alsoSpeaks?.includes('awsQuery') === true && {
        'x-amzn-query-error': `${queryErrorCode(model, error)};${faultOf(error)}`,
      }),
    },
    body: cbor.serialize({ __type: error.code, ...errorMembers(model, error) }),
  }),
};
