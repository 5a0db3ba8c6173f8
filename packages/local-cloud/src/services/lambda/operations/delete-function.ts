import { z } from 'zod';
import { transaction } from '../../../storage/transaction.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier } from './schemas.ts';

const schema = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

/** With the events that wait for it, so that a new function of its name never gets them. Its code is removed at the next start. */
export function deleteFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'DeleteFunction', schema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    transaction(core.cloud.database, () => {
      core.queue.deleteAll(record.name);
      core.store.delete(record.name);
    });
    await core.pool.retire(record.name);
    return { StatusCode: 204 };
  });
}
