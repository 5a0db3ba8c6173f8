import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName } from './schemas.ts';

const putSchema = z.strictObject({
  FunctionName: functionName,
  ReservedConcurrentExecutions: z.number().int().min(0),
});

/** AWS also keeps 100 executions (10 in a small account) that no function may reserve; here all can be. */
export function putFunctionConcurrency(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'PutFunctionConcurrency', putSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName);
    const reservedConcurrency = input.ReservedConcurrentExecutions;
    const others = core.store.reservedConcurrency() - (record.reservedConcurrency ?? 0);
    const limit = core.options.maximumConcurrency;
    if (others + reservedConcurrency > limit) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [0]: ` +
          `${reservedConcurrency} and the ${others} of other functions are more than the account's ${limit}.`,
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
