import { z } from 'zod';
import { transaction } from '../../../storage/transaction.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { functionNotFound, invalidParameter, LAMBDA_VALIDATION } from '../errors.ts';
import { parseFunctionName } from '../function-name.ts';
import { eventTarget, type FunctionRecord, LATEST } from '../function-record.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier } from './schemas.ts';

const schema = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

/** A version, or the function with all of its versions. Its code is removed at the next start. */
export function deleteFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'DeleteFunction', schema, async (input) => {
    const { name, qualifier: named, arn, isHere } = parseFunctionName(core.cloud, input.FunctionName);
    const wanted = input.Qualifier ?? named;
    if (wanted === LATEST) {
      throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    }
    if (wanted !== undefined && !/^\d+$/.test(wanted)) {
      throw invalidParameter('Deletion of aliases is not currently supported.');
    }
    const latest = isHere ? core.store.get(name) : undefined;
    if (latest === undefined) throw functionNotFound(arn);
    if (wanted === undefined) {
      await deleteAll(core, latest);
    } else {
      // Deleting a version that is not there changes nothing, as on AWS.
      const version = core.store.get(name, wanted);
      if (version !== undefined) await deleteVersion(core, version);
    }
    return { StatusCode: 204 };
  });
}

/** With the events that wait for it, so that a new function of its name never gets them. */
async function deleteAll(core: LambdaCore, latest: FunctionRecord): Promise<void> {
  const versions = core.store.versions.list(latest.name);
  transaction(core.cloud.database, () => {
    core.queue.deleteAll(latest.name);
    core.provisioned.deleteAll(latest.name);
    core.store.delete(latest.name);
  });
  await Promise.all([latest, ...versions].map((record) => core.pool.retire(record)));
}

async function deleteVersion(core: LambdaCore, version: FunctionRecord): Promise<void> {
  transaction(core.cloud.database, () => {
    core.queue.deleteAll(eventTarget(version.name, version.version));
    core.provisioned.delete(version.name, version.version);
    core.store.versions.delete(version);
  });
  await core.pool.retire(version);
}
