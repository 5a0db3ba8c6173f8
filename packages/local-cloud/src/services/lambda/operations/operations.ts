import type { Operation } from '../../../server/service.ts';
import { getAccountSettings } from './account-settings.ts';
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './concurrency.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  putFunctionEventInvokeConfig,
} from './event-invoke-config.ts';
import { invoke } from './invoke.ts';
import type { LambdaCore } from './lambda-core.ts';
import { addPermission, getPolicy, removePermission } from './policy.ts';
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from './provisioned-concurrency.ts';
import { getFunction, getFunctionConfiguration, listFunctions } from './read-function.ts';
import { listTags, tagResource, untagResource } from './tags.ts';
import { updateFunctionCode, updateFunctionConfiguration } from './update-function.ts';
import { listVersionsByFunction, publishVersion } from './versions.ts';

/** Everything of Lambda that is done. Aliases, layers, URLs and event source mappings are not. */
export function lambdaOperations(core: LambdaCore): Readonly<Record<string, Operation>> {
  return {
    CreateFunction: createFunction(core),
    UpdateFunctionCode: updateFunctionCode(core),
    UpdateFunctionConfiguration: updateFunctionConfiguration(core),
    GetFunction: getFunction(core),
    GetFunctionConfiguration: getFunctionConfiguration(core),
    ListFunctions: listFunctions(core),
    DeleteFunction: deleteFunction(core),
    PublishVersion: publishVersion(core),
    ListVersionsByFunction: listVersionsByFunction(core),
    Invoke: invoke(core),
    AddPermission: addPermission(core),
    RemovePermission: removePermission(core),
    GetPolicy: getPolicy(core),
    PutFunctionConcurrency: putFunctionConcurrency(core),
    GetFunctionConcurrency: getFunctionConcurrency(core),
    DeleteFunctionConcurrency: deleteFunctionConcurrency(core),
    PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig(core),
    GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig(core),
    ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs(core),
    DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig(core),
    GetAccountSettings: getAccountSettings(core),
    PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig(core),
    GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig(core),
    DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig(core),
    TagResource: tagResource(core),
    UntagResource: untagResource(core),
    ListTags: listTags(core),
  };
}
