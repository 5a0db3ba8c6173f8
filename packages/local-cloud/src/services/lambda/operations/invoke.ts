import { z } from 'zod';
import type { RequestContext } from '../../../server/service.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidRequestContent, LAMBDA_VALIDATION, requestTooLarge } from '../errors.ts';
import { invokedFunction } from '../function-name.ts';
import { eventTarget, type FunctionRecord } from '../function-record.ts';
import { MAXIMUM_ASYNC_PAYLOAD_BYTES, MAXIMUM_SYNC_PAYLOAD_BYTES } from '../limits.ts';
import { jsonPayload } from './json-payload.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier } from './schemas.ts';

const schema = z.strictObject({
  FunctionName: functionName,
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).optional(),
  LogType: z.enum(['None', 'Tail']).optional(),
  /** Base64 of a JSON object. */
  ClientContext: z.string().optional(),
  Payload: z.instanceof(Uint8Array).optional(),
  Qualifier: qualifier,
});
type Input = z.output<typeof schema>;

export function invoke(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'Invoke', schema, async (input, context) => {
    const { record, functionArn } = invokedFunction(
      core.cloud,
      core.store,
      input.FunctionName,
      input.Qualifier,
    );
    switch (input.InvocationType ?? 'RequestResponse') {
      case 'DryRun':
        return { StatusCode: 204 };
      case 'Event':
        return invokeAsynchronously(core, record, input, context);
      case 'RequestResponse':
        return invokeSynchronously(core, record, functionArn, input, context);
    }
  });
}

/** Accepted when it is durable: the queue's insert has returned. */
function invokeAsynchronously(
  core: LambdaCore,
  record: FunctionRecord,
  input: Input,
  context: RequestContext,
) {
  checkSize(input.Payload, 'Event', MAXIMUM_ASYNC_PAYLOAD_BYTES);
  core.queue.add(
    eventTarget(record.name, record.version),
    jsonPayload(input.Payload),
    core.cloud.clock.now(),
    context.requestId,
  );
  core.dispatcher.wake();
  return { StatusCode: 202 };
}

async function invokeSynchronously(
  core: LambdaCore,
  record: FunctionRecord,
  functionArn: string,
  input: Input,
  context: RequestContext,
) {
  checkSyncPayload(input.Payload);
  const result = await core.pool.invoke(record, {
    requestId: context.requestId,
    functionArn,
    payload: Buffer.from(jsonPayload(input.Payload)),
    clientContext: clientContext(input.ClientContext),
  });
  return {
    StatusCode: 200,
    ExecutedVersion: record.version,
    Payload: result.payload,
    ...(result.isFunctionError ? { FunctionError: 'Unhandled' } : {}),
    ...(input.LogType === 'Tail' ? { LogResult: result.logTail.toString('base64') } : {}),
  };
}

export function checkSyncPayload(payload: Uint8Array | undefined): void {
  checkSize(payload, 'RequestResponse', MAXIMUM_SYNC_PAYLOAD_BYTES);
}

function checkSize(
  payload: Uint8Array | undefined,
  type: 'Event' | 'RequestResponse',
  maximumBytes: number,
): void {
  const sizeBytes = payload?.byteLength ?? 0;
  if (sizeBytes > maximumBytes) {
    throw requestTooLarge(
      `${sizeBytes} byte payload is too large for the ${type} invocation type (limit ${maximumBytes} bytes)`,
    );
  }
}

function clientContext(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  try {
    // Written again, so that nothing but JSON text gets into the runtime's header.
    return JSON.stringify(JSON.parse(text)).replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  } catch (error) {
    throw invalidRequestContent('Client context must be a valid Base64-encoded JSON object.', {
      cause: error,
    });
  }
}
