import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { MAXIMUM_SET_ASIDE, provisionedOf, setAsideByOthers } from '../account-concurrency.ts';
import { invalidParameter, LAMBDA_VALIDATION } from '../errors.ts';
import { findUnqualified } from '../function-name.ts';
import { ACCOUNT_CONCURRENCY, MINIMUM_UNRESERVED } from '../limits.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName } from './schemas.ts';

const putSchema = z.strictObject({
  FunctionName: functionName,
  ReservedConcurrentExecutions: z.number().int().min(0),
});

export function putFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'PutFunctionConcurrency', putSchema, async (input) => {
    const record = findUnqualified(core.cloud, core.store, input.FunctionName);
    const reservedConcurrency = input.ReservedConcurrentExecutions;
    const provisioned = provisionedOf(core.provisioned, record.name);
    if (reservedConcurrency < provisioned) {
      throw invalidParameter(
        `ReservedConcurrentExecutions  ${reservedConcurrency} should not be lower than function's total provisioned concurrency [${provisioned}].`,
      );
    }
    const others = setAsideByOthers(core.store, core.provisioned, record.name);
    if (others + reservedConcurrency > MAXIMUM_SET_ASIDE) {
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
    const { reservedConcurrency } = findUnqualified(core.cloud, core.store, input.FunctionName);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  });
}

export function deleteFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'DeleteFunctionConcurrency', nameSchema, async (input) => {
    const { reservedConcurrency: _, ...record } = findUnqualified(core.cloud, core.store, input.FunctionName);
    core.store.put(record);
    core.dispatcher.wake();
    return {};
  });
}
