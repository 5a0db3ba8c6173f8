import { StatesError } from '@skyground/asl';
import { AwsError } from '../../../errors.ts';
import type { FunctionAnswer } from '../../../server/ports.ts';
import { optimisedFailure, type SdkService } from './sdk-errors.ts';

const LAMBDA: SdkService = {
  prefix: 'Lambda',
  serviceName: 'AWSLambda',
  baseException: 'AWSLambdaException',
};

/** What Lambda's own model does not name. */
const UNMODELLED: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'NotImplemented',
  'ServiceUnavailable',
  'ValidationException',
]);

/** What Invoke refused. A fault of ours passes as it is; so does the abort of a task whose time is up. */
export function invokeFailure(error: unknown, requestId: string): unknown {
  if (!(error instanceof AwsError)) return error;
  return optimisedFailure(LAMBDA, (code) => !UNMODELLED.has(code), error, requestId);
}

/**
 * What a function failed with: its own errorType, and its answer as the cause. Throws for a function that failed.
 * The raw ARN hands on the text of the answer, lambda:invoke writes it again.
 */
export function checkFunctionAnswer(
  { payload, isFunctionError }: FunctionAnswer,
  causeOf: (payload: string) => string,
): void {
  if (!isFunctionError) return;
  const errorType = errorTypeOf(payload);
  if (errorType !== undefined) throw new StatesError(errorType, causeOf(payload));
  throw new StatesError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}

function errorTypeOf(payload: string): string | undefined {
  try {
    const document: unknown = JSON.parse(payload);
    if (typeof document !== 'object' || document === null || !('errorType' in document)) return undefined;
    return typeof document.errorType === 'string' ? document.errorType : undefined;
  } catch {
    return undefined;
  }
}
