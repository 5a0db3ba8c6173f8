import { AwsError } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

export const LOGS_VALIDATION: ValidationStyle = { serviceId: 'logs', errorCode: 'InvalidParameterException' };

/** A group or a stream: the two things that the messages of Logs speak of. */
export type LogResource = 'log group' | 'log stream';

export function notFound(resource: LogResource): AwsError {
  return new AwsError('ResourceNotFoundException', `The specified ${resource} does not exist.`, 400);
}

export function alreadyExists(resource: LogResource): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified ${resource} already exists`, 400);
}

export function invalidParameter(message: string, cause?: unknown): AwsError {
  return new AwsError('InvalidParameterException', message, 400, {}, cause === undefined ? {} : { cause });
}
