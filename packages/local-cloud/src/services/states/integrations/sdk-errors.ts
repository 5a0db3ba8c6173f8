import { StatesError } from '@skyground/asl';
import type { AwsError } from '../../../errors.ts';

/** How an integration names its service. */
export interface SdkService {
  /** Before the dot of an error's name. */
  readonly prefix: string;
  /** In the cause. */
  readonly serviceName: string;
  /** For errors that the service's model does not name. */
  readonly baseException: string;
}

/** Optimised integrations speak through version 1 of Java's SDK. */
export function optimisedFailure(
  { prefix, serviceName, baseException }: SdkService,
  isModelled: (code: string) => boolean,
  error: AwsError,
  requestId: string,
): StatesError {
  const { code, httpStatus, message } = error;
  const name = isModelled(code) ? exceptionName(code) : baseException;
  return new StatesError(
    `${prefix}.${name}`,
    `${message} (Service: ${serviceName}; Status Code: ${httpStatus}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
    { cause: error },
  );
}

/** `aws-sdk:` integrations speak through version 2. */
export function sdkFailure(
  { prefix, serviceName, baseException }: SdkService,
  isModelled: (code: string) => boolean,
  error: AwsError,
  requestId: string,
): StatesError {
  const { code, httpStatus, message } = error;
  const name = isModelled(code) ? exceptionName(code) : baseException;
  const extended = serviceName === 'S3' ? `, Extended Request ID: ${requestId}` : '';
  return new StatesError(
    `${prefix}.${name}`,
    `${message} (Service: ${serviceName}, Status Code: ${httpStatus}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)`,
    { cause: error },
  );
}

/** Java calls them all exceptions. */
function exceptionName(code: string): string {
  return code.endsWith('Exception') ? code : `${code}Exception`;
}
