import { crc32 } from 'node:zlib';
import type { OperationCaller } from '../../../server/ports.ts';
import type { Integration } from './integration.ts';
import { optimisedFailure } from './sdk-errors.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { serviceOperation } from './service-operation.ts';

/** `arn:aws:states:::dynamodb:putItem` and its three sisters; AWS has no others. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['getItem', 'GetItem'],
  ['putItem', 'PutItem'],
  ['updateItem', 'UpdateItem'],
  ['deleteItem', 'DeleteItem'],
]);

export async function dynamodbOperation(
  operations: OperationCaller,
  action: string,
): Promise<Integration | undefined> {
  const operationName = OPERATIONS.get(action);
  if (operationName === undefined) return undefined;
  return serviceOperation(operations, {
    serviceId: 'dynamodb',
    operationName,
    service: {
      prefix: 'DynamoDB',
      serviceName: 'AmazonDynamoDBv2',
      baseException: 'AmazonDynamoDBException',
    },
    failure: optimisedFailure,
    metadata: (output, requestId) => {
      const body = JSON.stringify(output);
      return sdkMetadata(
        {
          Server: 'Server',
          Connection: 'keep-alive',
          'x-amz-crc32': String(crc32(body)),
          'Content-Length': String(Buffer.byteLength(body)),
          'Content-Type': 'application/x-amz-json-1.0',
        },
        requestId,
      );
    },
  });
}
