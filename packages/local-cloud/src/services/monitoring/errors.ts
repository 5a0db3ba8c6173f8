import { AwsError } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

/** Names as the JSON protocol has them; in the query protocol the models give them shorter ones (ValidationError). */
export const MONITORING_VALIDATION: ValidationStyle = {
  serviceId: 'monitoring',
  errorCode: 'ValidationException',
};

export function invalidRequest(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', message, 400);
}

export function invalidToken(): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    'The value of the parameter NextToken is invalid.',
    400,
  );
}
