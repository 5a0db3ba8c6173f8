import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION } from '../errors.ts';
import {
  ACCOUNT_CONCURRENCY,
  MAXIMUM_CODE_BYTES,
  MAXIMUM_UNZIPPED_BYTES,
  MAXIMUM_ZIP_UPLOAD_BYTES,
} from '../limits.ts';
import type { LambdaCore } from './lambda-core.ts';

/**
 * The account's limits and what is used of them. Reservations take nothing from what the other functions share here, so
 * that is shown as it is: maximumConcurrency.
 */
export function getAccountSettings(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetAccountSettings', z.strictObject({}), async () => {
    const functions = core.store.list();
    const versions = functions.flatMap((latest) => [latest, ...core.store.versions.list(latest.name)]);
    const { maximumConcurrency } = core.options;
    return {
      AccountLimit: {
        TotalCodeSize: MAXIMUM_CODE_BYTES,
        CodeSizeUnzipped: MAXIMUM_UNZIPPED_BYTES,
        CodeSizeZipped: MAXIMUM_ZIP_UPLOAD_BYTES,
        ConcurrentExecutions: Math.max(ACCOUNT_CONCURRENCY, maximumConcurrency),
        UnreservedConcurrentExecutions: maximumConcurrency,
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((sum, { codeSizeBytes }) => sum + codeSizeBytes, 0),
        FunctionCount: functions.length,
      },
    };
  });
}
