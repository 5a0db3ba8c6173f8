import type { OperationCaller } from '../../../server/ports.ts';
import type { Integration } from './integration.ts';
import { type SdkService, sdkFailure } from './sdk-errors.ts';
import { serviceOperation } from './service-operation.ts';

/** The services that are here, as `aws-sdk:` names them. */
const SERVICES: ReadonlyMap<string, SdkService & { readonly serviceId: string }> = new Map([
  ['dynamodb', sdkService('dynamodb', 'DynamoDb')],
  ['lambda', sdkService('lambda', 'Lambda')],
  ['s3', sdkService('s3', 'S3')],
  ['sfn', sdkService('states', 'Sfn')],
]);

function sdkService(serviceId: string, name: string): SdkService & { readonly serviceId: string } {
  return { serviceId, prefix: name, serviceName: name, baseException: `${name}Exception` };
}

/** `arn:aws:states:::aws-sdk:SERVICE:ACTION`, for every operation that this cloud implements. */
export async function awsSdkOperation(
  operations: OperationCaller,
  serviceName: string,
  action: string,
): Promise<Integration | undefined> {
  const service = SERVICES.get(serviceName);
  if (service === undefined) return undefined;
  return serviceOperation(operations, {
    serviceId: service.serviceId,
    operationName: action.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
    service,
    failure: sdkFailure,
  });
}
