import { AwsError } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

export const STATES_VALIDATION: ValidationStyle = { serviceId: 'states', errorCode: 'ValidationException' };

/** Every refusal of Step Functions is a 400. */
function refused(code: string, message: string, options?: ErrorOptions): AwsError {
  return new AwsError(code, message, 400, {}, options);
}

export function machineNotFound(arn: string): AwsError {
  return refused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function machineAlreadyExists(arn: string): AwsError {
  return refused('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
}

export function typeNotSupported(): AwsError {
  return refused(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

export function executionNotFound(arn: string): AwsError {
  return refused('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

export function executionAlreadyExists(arn: string): AwsError {
  return refused('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}

export function invalidArn(reason: string): AwsError {
  return refused('InvalidArn', `Invalid Arn: '${reason}'`);
}

export function invalidRoleArn(arn: string): AwsError {
  return refused('InvalidArn', `Invalid Role Arn: '${arn}'`);
}

export function invalidName(name: string): AwsError {
  return refused('InvalidName', `Invalid Name: '${name}'`);
}

export function invalidToken(): AwsError {
  return refused('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function invalidDefinition(reason: string): AwsError {
  return refused('InvalidDefinition', `Invalid State Machine Definition: '${reason}'`);
}

export function invalidExecutionInput(reason: string, cause?: unknown): AwsError {
  return refused('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`, { cause });
}

export function invalidLogging(reason: string): AwsError {
  return refused('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
}

export function missingParameter(message: string): AwsError {
  return refused('MissingRequiredParameter', message);
}

export function resourceNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
}

export function tooManyTags(arn: string): AwsError {
  return new AwsError('TooManyTags', 'A resource can have at most 50 tags.', 400, { resourceName: arn });
}

/** Answers those who wait for an execution when the cloud ends. */
export function cloudStopping(): AwsError {
  return new AwsError('ServiceUnavailable', 'The local cloud is stopping.', 503);
}
