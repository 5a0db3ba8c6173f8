import { AwsError } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

/** Codes as IAM writes them on the wire: without the Exception that the SDKs append. */
export const IAM_VALIDATION: ValidationStyle = { serviceId: 'iam', errorCode: 'ValidationError' };

export function noSuchRole(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}

export function noSuchInlinePolicy(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
}

export function roleExists(name: string): AwsError {
  return new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, 409);
}

export function malformedPolicy(message: string, cause?: unknown): AwsError {
  return new AwsError('MalformedPolicyDocument', message, 400, {}, cause === undefined ? {} : { cause });
}
