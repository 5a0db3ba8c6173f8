import type { CloudEnvironment } from '../../server/environment.ts';
import { functionNotFound, invalidParameter } from './errors.ts';
import { type FunctionRecord, LATEST, qualifiedArn } from './function-record.ts';
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

/** Finds a function or a published version as a request names it. Throws ResourceNotFoundException with the ARN as AWS words it. */
export function findFunction(
  cloud: CloudEnvironment,
  store: FunctionStore,
  functionName: string,
  qualifier?: string,
): FunctionRecord {
  const reference = parseFunctionName(cloud, functionName);
  if (qualifier !== undefined && reference.qualifier !== undefined && qualifier !== reference.qualifier) {
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  const wanted = qualifier ?? reference.qualifier;
  const record = reference.isHere ? store.get(reference.name, wanted) : undefined;
  if (record === undefined) {
    throw functionNotFound(wanted === undefined ? reference.arn : `${reference.arn}:${wanted}`);
  }
  return record;
}

/** As findFunction, with the ARN that the handler sees. AWS names the version it looked for when it invokes. */
export function invokedFunction(
  cloud: CloudEnvironment,
  store: FunctionStore,
  functionName: string,
  qualifier?: string,
): { readonly record: FunctionRecord; readonly functionArn: string } {
  const { name, qualifier: named } = parseFunctionName(cloud, functionName);
  const isKnown = store.get(name) !== undefined;
  const asked = qualifier ?? named;
  const record = findFunction(cloud, store, functionName, asked ?? (isKnown ? undefined : LATEST));
  return { record, functionArn: asked === undefined ? record.arn : qualifiedArn(record) };
}

const FUNCTIONS_ONLY =
  'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.';

/** For what only a function as a whole has; a qualifier is refused. */
export function findUnqualified(
  cloud: CloudEnvironment,
  store: FunctionStore,
  functionName: string,
  refusal = FUNCTIONS_ONLY,
): FunctionRecord {
  if (parseFunctionName(cloud, functionName).qualifier !== undefined) throw invalidParameter(refusal);
  return findFunction(cloud, store, functionName);
}
