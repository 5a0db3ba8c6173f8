import { AwsError, notImplemented } from '../../errors.ts';
import type { ValidationStyle } from '../validated-operation.ts';

export const HTTP_API_VALIDATION: ValidationStyle = {
  serviceId: 'apigatewayv2',
  errorCode: 'BadRequestException',
};
/** As recorded; the service's own checks answer BadRequestException, those of its model this. */
export const REST_API_VALIDATION: ValidationStyle = {
  serviceId: 'apigateway',
  errorCode: 'ValidationException',
};

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}

export function apiNotFound(accountId: string, apiId: string): AwsError {
  return notFound(`Invalid API identifier specified ${accountId}:${apiId}`);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}

/** Refuses a value that AWS has and this cloud does not do, by its name. */
export function supportedOnly(
  { serviceId }: ValidationStyle,
  operationName: string,
  member: string,
  given: string | number | boolean | undefined,
  supported: readonly (string | number | boolean)[],
): void {
  if (given === undefined || supported.includes(given)) return;
  throw notImplemented(serviceId, operationName, `${member} ${given}`);
}
