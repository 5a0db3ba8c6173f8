import type { ProvisionedConcurrencyConfigListItem } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { MAXIMUM_SET_ASIDE, provisionedOf, setAsideByOthers } from '../account-concurrency.ts';
import { invalidParameter, LAMBDA_VALIDATION, noProvisionedConcurrency } from '../errors.ts';
import { findFunction, findUnqualified } from '../function-name.ts';
import { type FunctionRecord, LATEST } from '../function-record.ts';
import { ACCOUNT_CONCURRENCY, MINIMUM_UNRESERVED } from '../limits.ts';
import type { ProvisionedConfig } from '../provisioned-store.ts';
import { lambdaTimestamp } from './function-configuration.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, pageSize, versionQualifier } from './schemas.ts';

const putSchema = z.strictObject({
  FunctionName: functionName,
  Qualifier: versionQualifier,
  ProvisionedConcurrentExecutions: z.number().int().min(1),
});

/** Answers at once, as AWS does; the environments start one after the other. */
export function putProvisionedConcurrencyConfig(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'PutProvisionedConcurrencyConfig',
    putSchema,
    async (input) => {
      const record = publishedVersion(core, input);
      const environments = input.ProvisionedConcurrentExecutions;
      checkLimits(core, record, environments);
      const { name, version } = record;
      const lastModifiedMs = core.cloud.clock.now();
      core.provisioned.put({ name, version, environments, lastModifiedMs });
      core.pool.provisioned.set(record, environments);
      return shown(core, record, { name, version, environments, lastModifiedMs });
    },
  );
}

const oneSchema = z.strictObject({ FunctionName: functionName, Qualifier: versionQualifier });

export function getProvisionedConcurrencyConfig(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'GetProvisionedConcurrencyConfig',
    oneSchema,
    async (input) => {
      const record = publishedVersion(core, input);
      const config = core.provisioned.get(record.name, record.version);
      if (config === undefined) throw noProvisionedConcurrency();
      return shown(core, record, config);
    },
  );
}

export function deleteProvisionedConcurrencyConfig(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'DeleteProvisionedConcurrencyConfig',
    oneSchema,
    async (input) => {
      const record = publishedVersion(core, input);
      core.provisioned.delete(record.name, record.version);
      core.pool.provisioned.set(record, 0);
      return {};
    },
  );
}

const listSchema = z.strictObject({
  FunctionName: functionName,
  Marker: z.string().optional(),
  MaxItems: pageSize,
});
const MAXIMUM_PAGE = 50;

/** The marker is the version that the page before ended with. */
export function listProvisionedConcurrencyConfigs(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'ListProvisionedConcurrencyConfigs',
    listSchema,
    async (input) => {
      const { name } = findUnqualified(core.cloud, core.store, input.FunctionName);
      const after = Number(input.Marker ?? 0);
      if (!Number.isSafeInteger(after)) {
        throw invalidParameter(
          `The marker '${input.Marker}' is not one of ListProvisionedConcurrencyConfigs.`,
        );
      }
      const rest = core.provisioned.list(name).filter(({ version }) => Number(version) > after);
      const page = rest.slice(0, Math.min(input.MaxItems ?? MAXIMUM_PAGE, MAXIMUM_PAGE));
      const last = page.at(-1);
      return {
        ProvisionedConcurrencyConfigs: page.flatMap((config): ProvisionedConcurrencyConfigListItem[] => {
          const record = core.store.get(name, config.version);
          return record === undefined ? [] : [{ FunctionArn: record.arn, ...shown(core, record, config) }];
        }),
        ...(rest.length > page.length && last !== undefined ? { NextMarker: last.version } : {}),
      };
    },
  );
}

function publishedVersion(
  core: LambdaCore,
  { FunctionName, Qualifier }: { FunctionName: string; Qualifier: string },
): FunctionRecord {
  if (Qualifier === LATEST) {
    throw invalidParameter(
      'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    );
  }
  return findFunction(core.cloud, core.store, FunctionName, Qualifier);
}

function checkLimits(core: LambdaCore, { name, version }: FunctionRecord, environments: number): void {
  const ofFunction = provisionedOf(core.provisioned, name, version) + environments;
  const reserved = core.store.reservedConcurrencyOf(name);
  if (reserved !== undefined) {
    if (ofFunction <= reserved) return;
    throw invalidParameter(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  if (environments > ACCOUNT_CONCURRENCY) {
    throw invalidParameter(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${ACCOUNT_CONCURRENCY}].`,
    );
  }
  if (setAsideByOthers(core.store, core.provisioned, name) + ofFunction > MAXIMUM_SET_ASIDE) {
    throw invalidParameter(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MINIMUM_UNRESERVED}].`,
    );
  }
}

function shown(core: LambdaCore, record: FunctionRecord, config: ProvisionedConfig) {
  const { status, allocated } = core.pool.provisioned.status(record);
  return {
    RequestedProvisionedConcurrentExecutions: config.environments,
    AvailableProvisionedConcurrentExecutions: allocated,
    AllocatedProvisionedConcurrentExecutions: allocated,
    Status: status,
    ...(status === 'FAILED' ? { StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' } : {}),
    LastModified: lambdaTimestamp(config.lastModifiedMs),
  };
}
