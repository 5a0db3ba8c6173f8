import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import { ACCOUNT_CONCURRENCY, MINIMUM_UNRESERVED } from '../limits.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName } from './schemas.ts';

const putSchema = z.strictObject({
  FunctionName: functionName,
  ReservedConcurrentExecutions: z.number().int().min(0),
});

export function putFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'PutFunctionConcurrency', putSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName);
    const reservedConcurrency = input.ReservedConcurrentExecutions;
    const others = core.store.reservedConcurrency() - (record.reservedConcurrency ?? 0);
    if (others + reservedConcurrency > ACCOUNT_CONCURRENCY - MINIMUM_UNRESERVED) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MINIMUM_UNRESERVED}]: ` +
          `${reservedConcurrency} and the ${others} of other functions leave less of the account's ${ACCOUNT_CONCURRENCY}.`,
      );
    }
    core.store.put({ ...record, reservedConcurrency });
    core.dispatcher.wake();
    return { ReservedConcurrentExecutions: reservedConcurrency };
  });
}

const nameSchema = z.strictObject({ FunctionName: functionName });

export function getFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetFunctionConcurrency', nameSchema, async (input) => {
    const { reservedConcurrency } = findFunction(core.cloud, core.store, input.FunctionName);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  });
}

export function deleteFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'DeleteFunctionConcurrency', nameSchema, async (input) => {
    const { reservedConcurrency: _, ...record } = findFunction(core.cloud, core.store, input.FunctionName);
    core.store.put(record);
    core.dispatcher.wake();
    return {};
  });
}
