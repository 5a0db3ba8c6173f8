import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION, resourceConflict } from '../errors.ts';
import { functionArn, parseFunctionName } from '../function-name.ts';
import { LATEST } from '../function-record.ts';
import { parseDestination } from '../queue/destinations.ts';
import { readPackage } from './code-source.ts';
import { checkVariables, functionConfiguration } from './function-configuration.ts';
import type { LambdaCore } from './lambda-core.ts';
import { architectures, codeSource, configuration, functionName, tags } from './schemas.ts';
import { publish } from './versions.ts';

const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_EPHEMERAL_STORAGE_MB = 512;

const schema = z.strictObject({
  FunctionName: functionName,
  Role: configuration.Role,
  Code: z.strictObject(codeSource),
  Runtime: configuration.Runtime,
  Handler: configuration.Handler,
  Description: configuration.Description.optional(),
  Timeout: configuration.Timeout.optional(),
  MemorySize: configuration.MemorySize.optional(),
  EphemeralStorage: configuration.EphemeralStorage.optional(),
  Environment: configuration.Environment.optional(),
  DeadLetterConfig: configuration.DeadLetterConfig.optional(),
  TracingConfig: configuration.TracingConfig.optional(),
  LoggingConfig: configuration.LoggingConfig.optional(),
  Architectures: architectures.optional(),
  Tags: tags.optional(),
  PackageType: z.literal('Zip').optional(),
  Publish: z.boolean().optional(),
});

export function createFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'CreateFunction', schema, async (input) => {
    const { name, qualifier, isHere } = parseFunctionName(core.cloud, input.FunctionName);
    if (qualifier !== undefined || !isHere) {
      throw invalidParameter(
        `The function name ${input.FunctionName} has to be of this account and region, without a version.`,
      );
    }
    refuseExisting(core, name);
    const variables = input.Environment?.Variables ?? {};
    checkVariables(variables);
    const deadLetterArn = input.DeadLetterConfig?.TargetArn;
    if (deadLetterArn !== undefined && deadLetterArn !== '') parseDestination(deadLetterArn, 'dead-letter');

    const code = await core.code.add(await readPackage(core, input.Code));
    // Another request may have made it while the code was unpacked.
    refuseExisting(core, name);
    const record = core.store.put({
      name,
      version: LATEST,
      arn: functionArn(core.cloud, name),
      description: input.Description ?? '',
      roleArn: input.Role,
      runtime: input.Runtime,
      handler: input.Handler,
      timeoutSeconds: input.Timeout ?? DEFAULT_TIMEOUT_SECONDS,
      memoryMb: input.MemorySize ?? DEFAULT_MEMORY_MB,
      ephemeralStorageMb: input.EphemeralStorage?.Size ?? DEFAULT_EPHEMERAL_STORAGE_MB,
      architecture: input.Architectures?.[0] ?? 'x86_64',
      variables,
      ...(deadLetterArn === undefined || deadLetterArn === '' ? {} : { deadLetterArn }),
      tracingMode: input.TracingConfig?.Mode ?? 'PassThrough',
      logGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      ...code,
      lastModifiedMs: core.cloud.clock.now(),
      deploymentId: randomUUID(),
      policy: [],
      tags: input.Tags ?? {},
    });
    if (input.Publish !== true) return functionConfiguration(record);
    // AWS shows the new version, under the function's own ARN.
    return { ...functionConfiguration(publish(core, record)), FunctionArn: record.arn };
  });
}

function refuseExisting(core: LambdaCore, name: string): void {
  if (core.store.get(name) !== undefined) throw resourceConflict(`Function already exist: ${name}`);
}
