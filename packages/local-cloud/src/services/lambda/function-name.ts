import type { CloudEnvironment } from '../../server/environment.ts';
import { functionNotFound } from './errors.ts';
import type { FunctionRecord } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';

/** A name, a partial ARN (ACCOUNT:function:NAME) or an ARN, each with or without a qualifier. AWS's own pattern. */
export const FUNCTION_NAME_PATTERN =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:([a-z]{2}(?:-gov)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_]{1,64})(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
  /** Without a qualifier. */
  readonly arn: string;
  /** False if the reference names another region or account. */
  readonly isHere: boolean;
}

export function functionArn(cloud: CloudEnvironment, name: string): string {
  return `arn:aws:lambda:${cloud.region}:${cloud.accountId}:function:${name}`;
}

/** Expects what FUNCTION_NAME_PATTERN matches. */
export function parseFunctionName(cloud: CloudEnvironment, functionName: string): FunctionReference {
  const [, region = cloud.region, account = cloud.accountId, name = functionName, qualifier] =
    functionName.match(FUNCTION_NAME_PATTERN) ?? [];
  return {
    name,
    qualifier,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    isHere: region === cloud.region && account === cloud.accountId,
  };
}

/** Finds a function as a request names it; only $LATEST exists. Throws ResourceNotFoundException with the ARN as AWS words it. */
export function findFunction(
  cloud: CloudEnvironment,
  store: FunctionStore,
  functionName: string,
  qualifier?: string,
): FunctionRecord {
  const reference = parseFunctionName(cloud, functionName);
  const wanted = qualifier ?? reference.qualifier;
  const record = reference.isHere ? store.get(reference.name) : undefined;
  if (record === undefined || (wanted !== undefined && wanted !== '$LATEST')) {
    throw functionNotFound(wanted === undefined ? reference.arn : `${reference.arn}:${wanted}`);
  }
  return record;
}

/** As findFunction. AWS names the version it looked for when it invokes. */
export function invokedFunction(
  cloud: CloudEnvironment,
  store: FunctionStore,
  functionName: string,
  qualifier?: string,
): FunctionRecord {
  const { name, qualifier: named } = parseFunctionName(cloud, functionName);
  const isKnown = store.get(name) !== undefined;
  return findFunction(cloud, store, functionName, qualifier ?? named ?? (isKnown ? undefined : '$LATEST'));
}
