import { retryWhile } from '../backoff.ts';
import { isSdkError } from '../sdk-errors.ts';
import type { ResourceContext } from './resource.ts';

/**
 * An account may make one REST API in three seconds, deploy one in five and delete one in thirty, which is more than the SDK waits out.
 */
export function withinQuota<R>(
  attempt: () => Promise<R>,
  { backoff, signal }: Pick<ResourceContext, 'backoff' | 'signal'>,
): Promise<R> {
  const isTransient = (error: unknown): boolean => isSdkError(error, ['TooManyRequestsException'], 429);
  return retryWhile(isTransient, attempt, backoff, signal);
}
