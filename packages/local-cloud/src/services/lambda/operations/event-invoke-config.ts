import type { FunctionEventInvokeConfig } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION, resourceNotFound } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import { type EventInvokeConfig, type FunctionRecord, qualifiedArn } from '../function-record.ts';
import { type DestinationUse, parseDestination } from '../queue/destinations.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier } from './schemas.ts';

const destination = z.strictObject({ Destination: z.string().max(350).optional() }).optional();

const putSchema = z.strictObject({
  FunctionName: functionName,
  Qualifier: qualifier,
  MaximumRetryAttempts: z.number().int().min(0).max(2).optional(),
  MaximumEventAgeInSeconds: z.number().int().min(60).max(21_600).optional(),
  DestinationConfig: z.strictObject({ OnSuccess: destination, OnFailure: destination }).optional(),
});

/** Replaces the whole configuration: what is not named has its default again. */
export function putFunctionEventInvokeConfig(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'PutFunctionEventInvokeConfig', putSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
    if (
      MaximumRetryAttempts === undefined &&
      MaximumEventAgeInSeconds === undefined &&
      DestinationConfig === undefined
    ) {
      throw invalidParameter('You must specify at least one of error handling or destination setting.');
    }
    const onSuccessArn = checked(DestinationConfig?.OnSuccess?.Destination, 'on-success', record);
    const onFailureArn = checked(DestinationConfig?.OnFailure?.Destination, 'on-failure', record);
    const eventInvokeConfig: EventInvokeConfig = {
      ...(MaximumRetryAttempts === undefined ? {} : { maximumRetryAttempts: MaximumRetryAttempts }),
      ...(MaximumEventAgeInSeconds === undefined ? {} : { maximumEventAgeSeconds: MaximumEventAgeInSeconds }),
      ...(onSuccessArn === undefined ? {} : { onSuccessArn }),
      ...(onFailureArn === undefined ? {} : { onFailureArn }),
      lastModifiedMs: core.cloud.clock.now(),
    };
    core.store.put({ ...record, eventInvokeConfig });
    core.dispatcher.wake();
    return shown(record, eventInvokeConfig);
  });
}

const nameSchema = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

export function getFunctionEventInvokeConfig(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetFunctionEventInvokeConfig', nameSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    return shown(record, configOf(record));
  });
}

export function deleteFunctionEventInvokeConfig(core: LambdaCore) {
  return validatedOperation(
    LAMBDA_VALIDATION,
    'DeleteFunctionEventInvokeConfig',
    nameSchema,
    async (input) => {
      const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
      configOf(record);
      const { eventInvokeConfig: _, ...without } = record;
      core.store.put(without);
      return {};
    },
  );
}

function configOf(record: FunctionRecord): EventInvokeConfig {
  if (record.eventInvokeConfig === undefined) {
    throw resourceNotFound(`The function ${qualifiedArn(record)} doesn't have an EventInvokeConfig`);
  }
  return record.eventInvokeConfig;
}

/** An empty ARN, as consoles send, means none. */
function checked(arn: string | undefined, use: DestinationUse, record: FunctionRecord): string | undefined {
  if (arn === undefined || arn === '') return undefined;
  const target = parseDestination(arn, use);
  if (target.kind === 'function' && target.functionName === record.name) {
    throw invalidParameter(`You can't specify the function as a destination for itself.`);
  }
  return arn;
}

function shown(record: FunctionRecord, config: EventInvokeConfig): FunctionEventInvokeConfig {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = config;
  return {
    LastModified: new Date(config.lastModifiedMs),
    FunctionArn: qualifiedArn(record),
    ...(maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccessArn === undefined ? {} : { Destination: onSuccessArn },
      OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn },
    },
  };
}
