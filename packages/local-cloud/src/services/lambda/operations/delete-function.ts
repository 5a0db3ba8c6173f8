import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier } from './schemas.ts';

const schema = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

/** Events that wait for the function are dropped when their turn comes; its code is removed at the next start. */
export function deleteFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'DeleteFunction', schema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    core.store.delete(record.name);
    await core.pool.retire(record.name);
    core.dispatcher.wake();
    return { StatusCode: 204 };
  });
}
