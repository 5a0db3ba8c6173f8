import type * as DynamoDB from '@aws-sdk/client-dynamodb';
import { notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';

export interface Inputs {
  BatchGetItem: DynamoDB.BatchGetItemInput;
  BatchWriteItem: DynamoDB.BatchWriteItemInput;
  CreateTable: DynamoDB.CreateTableInput;
  DeleteItem: DynamoDB.DeleteItemInput;
  DeleteTable: DynamoDB.DeleteTableInput;
  DescribeTable: DynamoDB.DescribeTableInput;
  DescribeTimeToLive: DynamoDB.DescribeTimeToLiveInput;
  GetItem: DynamoDB.GetItemInput;
  ListTables: DynamoDB.ListTablesInput;
  ListTagsOfResource: DynamoDB.ListTagsOfResourceInput;
  PutItem: DynamoDB.PutItemInput;
  Query: DynamoDB.QueryInput;
  Scan: DynamoDB.ScanInput;
  TagResource: DynamoDB.TagResourceInput;
  UntagResource: DynamoDB.UntagResourceInput;
  UpdateItem: DynamoDB.UpdateItemInput;
  UpdateTable: DynamoDB.UpdateTableInput;
}

const EXPRESSION_NAMES = ['ExpressionAttributeNames'] as const;
const EXPRESSIONS = [...EXPRESSION_NAMES, 'ExpressionAttributeValues'] as const;
const WRITE = [
  'TableName',
  'ConditionExpression',
  'ConditionalOperator',
  'Expected',
  ...EXPRESSIONS,
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
] as const;
const READ = ['AttributesToGet', 'ConsistentRead', 'ProjectionExpression', 'ReturnConsumedCapacity'] as const;
const SEARCH = [
  ...READ,
  ...EXPRESSIONS,
  'TableName',
  'IndexName',
  'ConditionalOperator',
  'ExclusiveStartKey',
  'FilterExpression',
  'Limit',
  'Select',
] as const;
/** Of which ACCEPTED_VALUES has the values. */
const DEFAULTS_ONLY = ['SSESpecification', 'StreamSpecification', 'TableClass'] as const;

/** What each operation does something about. Whatever else it is given is refused by name: dynalite would ignore it. */
const MEMBERS: { readonly [Name in keyof Inputs]: readonly (keyof Inputs[Name])[] } = {
  BatchGetItem: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteItem: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  CreateTable: [
    'TableName',
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
    'Tags',
    ...DEFAULTS_ONLY,
  ],
  DeleteItem: [...WRITE, 'Key'],
  DeleteTable: ['TableName'],
  DescribeTable: ['TableName'],
  DescribeTimeToLive: ['TableName'],
  GetItem: [...READ, ...EXPRESSION_NAMES, 'TableName', 'Key'],
  ListTables: ['ExclusiveStartTableName', 'Limit'],
  ListTagsOfResource: ['ResourceArn'],
  PutItem: [...WRITE, 'Item'],
  Query: [...SEARCH, 'KeyConditionExpression', 'KeyConditions', 'QueryFilter', 'ScanIndexForward'],
  Scan: [...SEARCH, 'ScanFilter', 'Segment', 'TotalSegments'],
  TagResource: ['ResourceArn', 'Tags'],
  UntagResource: ['ResourceArn', 'TagKeys'],
  UpdateItem: [...WRITE, 'Key', 'AttributeUpdates', 'UpdateExpression'],
  UpdateTable: [
    'TableName',
    'BillingMode',
    'GlobalSecondaryIndexUpdates',
    'ProvisionedThroughput',
    ...DEFAULTS_ONLY,
  ],
};

/** Members of members: of each element, where the member is a list. */
const NESTED_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['LocalSecondaryIndexes', ['IndexName', 'KeySchema', 'Projection']],
  ['GlobalSecondaryIndexes', ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput']],
  // Creating and deleting an index of a table that exists is what is missing here.
  ['GlobalSecondaryIndexUpdates', ['Update']],
]);

/** Members that may only say what holds here anyway. */
const ACCEPTED_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ReturnItemCollectionMetrics', ['NONE']],
  ['ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD']],
  ['SSESpecification', ['{"Enabled":false}']],
  ['StreamSpecification', ['{"StreamEnabled":false}']],
  ['TableClass', ['STANDARD']],
]);

/** The operations, each behind the list of its members. */
export function supportedOnly(
  operations: Readonly<Record<keyof Inputs, Operation>>,
): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.keys(MEMBERS).map((key) => {
      // Object.keys takes every key for any string.
      const name = key as keyof Inputs;
      const operation: Operation<object> = async (input, context) => {
        refuseUnsupported(name, input);
        return operations[name](input, context);
      };
      return [name, operation];
    }),
  );
}

function refuseUnsupported(operationName: keyof Inputs, input: object): void {
  const supported: ReadonlySet<string> = new Set(MEMBERS[operationName]);
  for (const [name, value] of Object.entries(input)) {
    // As good as not given.
    if (value === undefined || value === null || value === false) continue;
    if (!supported.has(name)) throw notImplemented('dynamodb', operationName, `member ${name}`);
    const nested = NESTED_MEMBERS.get(name);
    if (nested !== undefined) refuseNested(operationName, name, nested, value);
    const accepted = ACCEPTED_VALUES.get(name);
    const given = typeof value === 'string' ? value : JSON.stringify(value);
    if (accepted !== undefined && !accepted.includes(given)) {
      throw notImplemented('dynamodb', operationName, `${name}=${given}`);
    }
  }
}

function refuseNested(
  operationName: string,
  parent: string,
  supported: readonly string[],
  value: unknown,
): void {
  for (const element of Array.isArray(value) ? value : [value]) {
    for (const [name, member] of Object.entries(Object(element))) {
      if (member === undefined || supported.includes(name)) continue;
      throw notImplemented('dynamodb', operationName, `member ${parent}.${name}`);
    }
  }
}
