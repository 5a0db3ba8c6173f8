import { AwsError } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

export const LAMBDA_VALIDATION: ValidationStyle = { serviceId: 'lambda', errorCode: 'ValidationException' };

const USER = { Type: 'User' };

export function resourceNotFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, USER);
}

export function functionNotFound(arn: string): AwsError {
  return resourceNotFound(`Function not found: ${arn}`);
}

export function noProvisionedConcurrency(): AwsError {
  return new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
    USER,
  );
}

export function resourceConflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409, USER);
}

export function preconditionFailed(): AwsError {
  return new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
    USER,
  );
}

export function invalidParameter(message: string, options?: ErrorOptions): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, USER, options);
}

export function invalidRequestContent(message: string, options?: ErrorOptions): AwsError {
  return new AwsError('InvalidRequestContentException', message, 400, USER, options);
}

export function requestTooLarge(message: string): AwsError {
  return new AwsError('RequestTooLargeException', message, 413, USER);
}

export type ThrottleReason =
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded';

/** As recorded: Type User, and the limit that was met as Reason. */
export function tooManyRequests(reason: ThrottleReason): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { ...USER, Reason: reason });
}

/** Our fault, not the function's: the environment could not be run at all. */
export function serviceException(message: string, options?: ErrorOptions): AwsError {
  return new AwsError('ServiceException', message, 500, { Type: 'Service' }, options);
}
