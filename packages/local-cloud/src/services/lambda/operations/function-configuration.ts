import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { RESERVED_VARIABLES } from '../environments/variables.ts';
import { invalidParameter } from '../errors.ts';
import { type FunctionRecord, qualifiedArn } from '../function-record.ts';
import { MAXIMUM_VARIABLES_BYTES } from '../limits.ts';

/** As AWS times are written: 2026-11-21T06:42:03.000+0000. */
export function lambdaTimestamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '+0000');
}

/** A function as AWS shows it. It is Active and updated Successfully at once: nothing is built in the background. */
export function functionConfiguration(record: FunctionRecord): FunctionConfiguration {
  return {
    FunctionName: record.name,
    FunctionArn: record.arn,
    Runtime: record.runtime,
    Role: record.roleArn,
    Handler: record.handler,
    CodeSize: record.codeSizeBytes,
    Description: record.description,
    Timeout: record.timeoutSeconds,
    MemorySize: record.memoryMb,
    LastModified: lambdaTimestamp(record.lastModifiedMs),
    CodeSha256: record.codeSha256,
    Version: record.version,
    TracingConfig: { Mode: record.tracingMode },
    RevisionId: record.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [record.architecture],
    EphemeralStorage: { Size: record.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: record.logGroup },
    ...(Object.keys(record.variables).length === 0 ? {} : { Environment: { Variables: record.variables } }),
    ...(record.deadLetterArn === undefined ? {} : { DeadLetterConfig: { TargetArn: record.deadLetterArn } }),
  };
}

/** With the version in the ARN, as AWS shows what was asked for with a qualifier. */
export function qualifiedConfiguration(record: FunctionRecord): FunctionConfiguration {
  return { ...functionConfiguration(record), FunctionArn: qualifiedArn(record) };
}

/** As lists of versions show it: without what may still be going on. */
export function listedConfiguration(record: FunctionRecord): FunctionConfiguration {
  const { State: _, LastUpdateStatus: __, ...listed } = qualifiedConfiguration(record);
  return listed;
}

export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        'contains reserved keys that are currently not supported for modification. ' +
        `Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > MAXIMUM_VARIABLES_BYTES) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `exceeded the ${MAXIMUM_VARIABLES_BYTES / 1024}KB limit. String measured: ${JSON.stringify(variables)}`,
    );
  }
}
