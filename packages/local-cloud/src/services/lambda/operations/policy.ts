import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION, preconditionFailed, resourceConflict, resourceNotFound } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import type { FunctionRecord, PolicyStatement } from '../function-record.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, qualifier, revisionId } from './schemas.ts';

const addSchema = z.strictObject({
  FunctionName: functionName,
  StatementId: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-zA-Z0-9-_]+$/),
  Action: z.string().regex(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/),
  Principal: z
    .string()
    .min(1)
    .regex(/^[^\s]+$/),
  SourceArn: z.string().optional(),
  SourceAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  Qualifier: qualifier,
  RevisionId: revisionId,
});

/** Stored, and checked where S3 is told to notify the function (mayInvoke); callers of Invoke are not checked. */
export function addPermission(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'AddPermission', addSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    if (input.RevisionId !== undefined && input.RevisionId !== record.revisionId) throw preconditionFailed();
    if (record.policy.some(({ Sid }) => Sid === input.StatementId)) {
      throw resourceConflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = newStatement(record, input);
    core.store.put({ ...record, policy: [...record.policy, statement] });
    return { Statement: JSON.stringify(statement) };
  });
}

function newStatement(record: FunctionRecord, input: z.output<typeof addSchema>): PolicyStatement {
  const { SourceAccount, SourceArn } = input;
  const conditions = {
    ...(SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principal(input.Principal),
    Action: input.Action,
    Resource: record.arn,
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

/** A service, an account (shown as its root) or an ARN. */
function principal(named: string): PolicyStatement['Principal'] {
  if (named === '*') return '*';
  if (/^\d{12}$/.test(named)) return { AWS: `arn:aws:iam::${named}:root` };
  return named.startsWith('arn:') ? { AWS: named } : { Service: named };
}

const removeSchema = z.strictObject({
  FunctionName: functionName,
  StatementId: z.string(),
  Qualifier: qualifier,
  RevisionId: revisionId,
});

export function removePermission(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'RemovePermission', removeSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    if (input.RevisionId !== undefined && input.RevisionId !== record.revisionId) throw preconditionFailed();
    const policy = record.policy.filter(({ Sid }) => Sid !== input.StatementId);
    if (policy.length === record.policy.length) {
      throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    core.store.put({ ...record, policy });
    return {};
  });
}

const getSchema = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

export function getPolicy(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetPolicy', getSchema, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    if (record.policy.length === 0) throw resourceNotFound('The resource you requested does not exist.');
    return {
      Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: record.policy }),
      RevisionId: record.revisionId,
    };
  });
}
