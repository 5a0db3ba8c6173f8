import type { AppDeclaration } from '../declaration/app.ts';
import type { Use } from '../declaration/function.ts';
import type { AppNames, Identity } from '../names.ts';
import { declared } from '../references.ts';
import { allow, type PolicyDocument, policyOf, type Statement } from './document.ts';

/** What an app's functions may do, and nothing more: what any of them uses, and to write their own logs. */
export function functionPolicy(
  declaration: AppDeclaration,
  names: AppNames,
  identity: Identity,
): PolicyDocument {
  const { partition, region, accountId } = identity;
  const groups = Object.values(names.functions).map(
    ({ logGroup }) => `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}:*`,
  );
  return policyOf([
    ...Object.values(declaration.functions).flatMap(({ uses }) =>
      uses.flatMap((use) => statementsOf(use, declaration, names, partition)),
    ),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], groups),
  ]);
}

const tableActions = {
  read: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
} as const;

const bucketActions = { read: 's3:GetObject', write: 's3:PutObject', delete: 's3:DeleteObject' } as const;

function statementsOf(
  use: Use,
  declaration: AppDeclaration,
  names: AppNames,
  partition: string,
): readonly Statement[] {
  if ('bucket' in use) {
    const arn = `arn:${partition}:s3:::${declared(names.buckets, 'bucket', use.bucket)}`;
    const objects = allow(bucketActions[use.access], `${arn}/${use.keyPrefix}*`);
    // Without ListBucket S3 answers a missing object with 403 instead of 404, which a handler could not tell from a wrong policy.
    return use.access === 'read' ? [objects, allow('s3:ListBucket', arn)] : [objects];
  }
  if ('table' in use) {
    const { arn } = declared(names.tables, 'table', use.table);
    const indexed =
      use.access === 'read' && declared(declaration.tables, 'table', use.table).indexes !== undefined;
    return [allow(tableActions[use.access], indexed ? [arn, `${arn}/index/*`] : arn)];
  }
  if ('function' in use)
    return [allow('lambda:InvokeFunction', declared(names.functions, 'function', use.function).arn)];
  const { arn } = declared(names.stateMachines, 'state machine', use.stateMachine);
  const { type } = declared(declaration.stateMachines, 'state machine', use.stateMachine);
  return [
    allow(
      type === 'EXPRESS' ? ['states:StartExecution', 'states:StartSyncExecution'] : 'states:StartExecution',
      arn,
    ),
  ];
}
