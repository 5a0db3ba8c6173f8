import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION, preconditionFailed } from '../errors.ts';
import { findUnqualified } from '../function-name.ts';
import type { FunctionRecord } from '../function-record.ts';
import { parseDestination } from '../queue/destinations.ts';
import { readPackage } from './code-source.ts';
import { checkVariables, functionConfiguration, qualifiedConfiguration } from './function-configuration.ts';
import type { LambdaCore } from './lambda-core.ts';
import { architectures, codeSource, configuration, functionName, revisionId } from './schemas.ts';
import { publish } from './versions.ts';

const codeSchema = z.strictObject({
  FunctionName: functionName,
  ...codeSource,
  Architectures: architectures.optional(),
  RevisionId: revisionId,
  DryRun: z.boolean().optional(),
  Publish: z.boolean().optional(),
});

export function updateFunctionCode(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'UpdateFunctionCode', codeSchema, async (input) => {
    findUnqualified(core.cloud, core.store, input.FunctionName);
    const code = await core.code.add(await readPackage(core, input));
    // Looked up only now: it may have changed while the code was unpacked.
    const record = findUnqualified(core.cloud, core.store, input.FunctionName);
    checkRevision(record, input.RevisionId);
    const changed = { ...record, ...code, architecture: input.Architectures?.[0] ?? record.architecture };
    if (input.DryRun === true) return functionConfiguration(changed);
    const updated = await redeploy(core, changed);
    return input.Publish === true
      ? qualifiedConfiguration(publish(core, updated))
      : functionConfiguration(updated);
  });
}

const configurationSchema = z.strictObject({
  FunctionName: functionName,
  Role: configuration.Role.optional(),
  Runtime: configuration.Runtime.optional(),
  Handler: configuration.Handler.optional(),
  Description: configuration.Description.optional(),
  Timeout: configuration.Timeout.optional(),
  MemorySize: configuration.MemorySize.optional(),
  EphemeralStorage: configuration.EphemeralStorage.optional(),
  Environment: configuration.Environment.optional(),
  DeadLetterConfig: configuration.DeadLetterConfig.optional(),
  TracingConfig: configuration.TracingConfig.optional(),
  LoggingConfig: configuration.LoggingConfig.optional(),
  RevisionId: revisionId,
});

export function updateFunctionConfiguration(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'UpdateFunctionConfiguration',
    configurationSchema,
    async (input) => {
      const record = findUnqualified(core.cloud, core.store, input.FunctionName);
      checkRevision(record, input.RevisionId);
      const variables =
        input.Environment === undefined ? record.variables : (input.Environment.Variables ?? {});
      checkVariables(variables);
      const changed = {
        ...withDeadLetter(record, input.DeadLetterConfig?.TargetArn),
        roleArn: input.Role ?? record.roleArn,
        runtime: input.Runtime ?? record.runtime,
        handler: input.Handler ?? record.handler,
        description: input.Description ?? record.description,
        timeoutSeconds: input.Timeout ?? record.timeoutSeconds,
        memoryMb: input.MemorySize ?? record.memoryMb,
        ephemeralStorageMb: input.EphemeralStorage?.Size ?? record.ephemeralStorageMb,
        tracingMode: input.TracingConfig?.Mode ?? record.tracingMode,
        logGroup: input.LoggingConfig?.LogGroup ?? record.logGroup,
        variables,
      };
      return functionConfiguration(await redeploy(core, changed));
    },
  );
}

/** Stores what environments are made of anew; those of the older deployment end. Its code goes at the next start. */
async function redeploy(core: LambdaCore, changed: FunctionRecord): Promise<FunctionRecord> {
  const stored = core.store.put({
    ...changed,
    lastModifiedMs: core.cloud.clock.now(),
    deploymentId: randomUUID(),
  });
  await core.pool.retire(stored);
  return stored;
}

function withDeadLetter(record: FunctionRecord, targetArn: string | undefined): FunctionRecord {
  if (targetArn === undefined) return record;
  const { deadLetterArn: _, ...without } = record;
  // An empty ARN takes the dead letters away.
  if (targetArn === '') return without;
  parseDestination(targetArn, 'dead-letter');
  return { ...without, deadLetterArn: targetArn };
}

function checkRevision(record: FunctionRecord, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== record.revisionId) throw preconditionFailed();
}
