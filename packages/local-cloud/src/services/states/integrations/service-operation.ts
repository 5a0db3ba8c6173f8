import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Json, StatesError } from '@skyground/asl';
import { AwsError } from '../../../errors.ts';
import { requiredMembers } from '../../../protocol/operation-model.ts';
import { loadServiceModel } from '../../../protocol/service-model.ts';
import type { OperationCaller } from '../../../server/ports.ts';
import { isObject } from '../read-json.ts';
import type { Integration } from './integration.ts';
import { nameProblems } from './parameters.ts';
import type { SdkService } from './sdk-errors.ts';
import { sdkProblems } from './sdk-problems.ts';
import { capitalised, fromOperationOutput, memberNames, toOperationInput } from './sdk-shapes.ts';

export interface ServiceOperation {
  readonly serviceId: string;
  /** `PutItem` */
  readonly operationName: string;
  readonly service: SdkService;
  readonly failure: (
    service: SdkService,
    isModelled: (code: string) => boolean,
    error: AwsError,
    requestId: string,
  ) => StatesError;
  /** What the integration adds to the operation's output. */
  readonly metadata?: (output: Json, requestId: string) => Readonly<Record<string, Json>>;
}

/** An operation of another service of this cloud as an integration; undefined if that service does not implement it. */
export async function serviceOperation(
  operations: OperationCaller,
  { serviceId, operationName, service, failure, metadata = () => ({}) }: ServiceOperation,
): Promise<Integration | undefined> {
  if (!operations.has(serviceId, operationName)) return undefined;
  const model = await loadServiceModel(serviceId);
  const operation = model.operations.get(operationName);
  if (operation === undefined) return undefined;
  const streamed = operation.input.payload?.streaming === true ? operation.input.payload.name : undefined;
  const isModelled = (code: string) => model.errors.has(code);

  const names = {
    known: memberNames(operation.inputSchema),
    required: [...requiredMembers(operation.inputSchema)].map(capitalised),
  };

  return {
    parameters: names,
    problems: (input) => [
      ...nameProblems(isObject(input) ? Object.keys(input) : [], names),
      ...sdkProblems(operation.inputSchema, input),
    ],
    run: async ({ input }) => {
      const requestId = randomUUID();
      const parameters = toOperationInput(operation.inputSchema, input);
      const sent = streamed === undefined ? parameters : withChecksum(parameters, streamed);
      let answer: unknown;
      try {
        answer = await operations.call(serviceId, operationName, sent, requestId);
      } catch (error) {
        throw error instanceof AwsError ? failure(service, isModelled, error, requestId) : error;
      }
      const output = await fromOperationOutput(operation.outputSchema, answer ?? {});
      return { ...Object(output), ...metadata(output, requestId) };
    },
  };
}

/** As every SDK does for a body that it sends whole. */
function withChecksum(parameters: unknown, streamed: string): unknown {
  const members: Record<string, unknown> = { ...Object(parameters) };
  const body = members[streamed];
  if (!(body instanceof Uint8Array)) return { ...members, [streamed]: new Uint8Array() };
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(body));
  return { ...members, ChecksumCRC32: digest.toString('base64') };
}
