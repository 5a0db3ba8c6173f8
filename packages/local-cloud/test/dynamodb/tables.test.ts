import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDB,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb, tableOf } from './dynamodb-fixture.ts';

let dynamo: Awaited<ReturnType<typeof startDynamoDb>>;
beforeAll(async () => {
  dynamo = await startDynamoDb();
});
afterAll(() => dynamo.stop());

const arn = (table: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;
const describeTable = async (TableName: string) =>
  (await dynamo.client.send(new DescribeTableCommand({ TableName }))).Table;

describe('a table', () => {
  it('is there for the next call, in our account', async () => {
    const before = Date.now();
    const { TableDescription } = await dynamo.makeTable('made');
    expect(TableDescription).toMatchObject({ TableStatus: 'CREATING', TableArn: arn('made') });
    await dynamo.client.send(new PutItemCommand({ TableName: 'made', Item: { id: { S: 'a' } } }));
    const table = await describeTable('made');
    expect(table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: arn('made'),
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    expect(table?.CreationDateTime?.getTime()).toBeGreaterThanOrEqual(before);
    await waitUntilTableExists({ client: dynamo.client, maxWaitTime: 30 }, { TableName: 'made' });
  });

  it('goes at once with its items, and comes back empty', async () => {
    const index = {
      IndexName: 'by-kind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    };
    const { AttributeDefinitions = [], ...table } = tableOf('brief', 'id');
    const input = {
      ...table,
      AttributeDefinitions: [...AttributeDefinitions, { AttributeName: 'kind', AttributeType: 'S' as const }],
      GlobalSecondaryIndexes: [index],
      Tags: [{ Key: 'app', Value: 'x' }],
    };
    await dynamo.makeTable('brief', input);
    // A neighbour whose name begins the same keeps its items.
    await dynamo.makeTable('brief-2');
    for (const TableName of ['brief', 'brief-2']) {
      await dynamo.client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' }, kind: { S: 'k' } } }));
    }
    const { TableDescription } = await dynamo.client.send(new DeleteTableCommand({ TableName: 'brief' }));
    expect(TableDescription?.TableStatus).toBe('DELETING');
    await waitUntilTableNotExists({ client: dynamo.client, maxWaitTime: 30 }, { TableName: 'brief' });
    await expect(describeTable('brief')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: brief not found',
    });
    await dynamo.makeTable('brief', { ...input, Tags: [] });
    for (const IndexName of [undefined, 'by-kind']) {
      expect((await dynamo.client.send(new ScanCommand({ TableName: 'brief', IndexName }))).Count).toBe(0);
    }
    expect((await dynamo.client.send(new ScanCommand({ TableName: 'brief-2' }))).Count).toBe(1);
    const tags = await dynamo.client.send(new ListTagsOfResourceCommand({ ResourceArn: arn('brief') }));
    expect(tags.Tags).toEqual([]);
  });

  it('cannot be made twice', async () => {
    await dynamo.makeTable('once');
    await expect(dynamo.makeTable('once')).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists: once',
    });
  });

  it('may be named by its ARN, of this account', async () => {
    await dynamo.makeTable('by-arn');
    expect((await describeTable(arn('by-arn')))?.TableName).toBe('by-arn');
    await expect(describeTable(arn('by-arn').replace('0000', '1111'))).rejects.toThrow('Invalid TableArn');
  });

  it('takes provisioned throughput, later too', async () => {
    await dynamo.makeTable('provisioned', {
      BillingMode: undefined,
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    });
    await dynamo.client.send(
      new UpdateTableCommand({ TableName: 'provisioned', BillingMode: 'PAY_PER_REQUEST' }),
    );
    expect(await describeTable('provisioned')).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
  });

  it('says that nothing in it expires', async () => {
    await dynamo.makeTable('lasting');
    const { TimeToLiveDescription } = await dynamo.client.send(
      new DescribeTimeToLiveCommand({ TableName: 'lasting' }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });
});

it('ListTables pages by name', async () => {
  for (const name of ['page-c', 'page-a', 'page-b']) await dynamo.makeTable(name);
  const first = await dynamo.client.send(
    new ListTablesCommand({ ExclusiveStartTableName: 'page', Limit: 2 }),
  );
  expect(first).toMatchObject({ TableNames: ['page-a', 'page-b'], LastEvaluatedTableName: 'page-b' });
  const rest = await dynamo.client.send(new ListTablesCommand({ ExclusiveStartTableName: 'page-b' }));
  expect(rest.TableNames?.[0]).toBe('page-c');
});

describe('tags', () => {
  const listed = async (table: string) =>
    (await dynamo.client.send(new ListTagsOfResourceCommand({ ResourceArn: arn(table) }))).Tags;

  it('come with the table, are added, replaced and taken off', async () => {
    await dynamo.makeTable('tagged', {
      Tags: [
        { Key: 'app', Value: 'sky ✓' },
        { Key: '日本', Value: '' },
      ],
    });
    const ResourceArn = arn('tagged');
    await dynamo.client.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: 'app', Value: 'ground' },
          { Key: 'more', Value: '1' },
        ],
      }),
    );
    await dynamo.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['more', 'unknown'] }));
    expect(await listed('tagged')).toEqual([
      { Key: 'app', Value: 'ground' },
      { Key: '日本', Value: '' },
    ]);
  });

  it('are refused where they are no tags, and before the table is made', async () => {
    await expect(dynamo.makeTable('untagged', { Tags: [{ Key: 'aws:x', Value: '' }] })).rejects.toMatchObject(
      {
        name: 'ValidationException',
      },
    );
    await expect(describeTable('untagged')).rejects.toThrow('not found');
    await expect(listed('untagged')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('what is not done is refused by name:', () => {
  const item = { id: { S: 'a' } };
  const TableName = 'strict';
  beforeAll(() => dynamo.makeTable(TableName));
  const api = () => new DynamoDB(dynamo.cloud.client);

  it.each<[string, (call: DynamoDB) => Promise<unknown>]>([
    [
      'TransactWriteItems',
      (call) => call.transactWriteItems({ TransactItems: [{ Put: { TableName, Item: item } }] }),
    ],
    [
      'TransactGetItems',
      (call) => call.transactGetItems({ TransactItems: [{ Get: { TableName, Key: item } }] }),
    ],
    ['ExecuteStatement', (call) => call.executeStatement({ Statement: 'SELECT * FROM strict' })],
    [
      'UpdateTimeToLive',
      (call) =>
        call.updateTimeToLive({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 't' } }),
    ],
    [
      'UpdateContinuousBackups',
      (call) =>
        call.updateContinuousBackups({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
    ],
    [
      'member DeletionProtectionEnabled',
      (call) => call.createTable({ ...tableOf('refused', 'id'), DeletionProtectionEnabled: true }),
    ],
    [
      'TableClass=STANDARD_INFREQUENT_ACCESS',
      (call) => call.createTable({ ...tableOf('refused', 'id'), TableClass: 'STANDARD_INFREQUENT_ACCESS' }),
    ],
    [
      'SSESpecification={"Enabled":true}',
      (call) => call.createTable({ ...tableOf('refused', 'id'), SSESpecification: { Enabled: true } }),
    ],
    [
      'StreamSpecification',
      (call) =>
        call.createTable({
          ...tableOf('refused', 'id'),
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        }),
    ],
    [
      'StreamSpecification',
      (call) =>
        call.updateTable({
          TableName,
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        }),
    ],
    [
      'member OnDemandThroughput',
      (call) =>
        call.createTable({ ...tableOf('refused', 'id'), OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
    ],
    [
      'member GlobalSecondaryIndexUpdates.Create',
      (call) =>
        call.updateTable({
          TableName,
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: 'later',
                KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
                Projection: { ProjectionType: 'ALL' },
              },
            },
          ],
        }),
    ],
    [
      'ReturnItemCollectionMetrics=SIZE',
      (call) => call.putItem({ TableName, Item: item, ReturnItemCollectionMetrics: 'SIZE' }),
    ],
    [
      'the name __proto__',
      (call) => call.putItem({ TableName, Item: { ...item, m: { M: { ['__proto__']: { S: 'x' } } } } }),
    ],
    [
      'ConditionExpression with so many nested parentheses',
      (call) =>
        call.putItem({
          TableName,
          Item: item,
          ConditionExpression: `${'(a = :a AND '.repeat(12)}b = :a${')'.repeat(12)}`,
          ExpressionAttributeValues: { ':a': { S: 'a' } },
        }),
    ],
    [
      'FilterExpression with so many nested parentheses',
      (call) =>
        call.scan({
          TableName,
          FilterExpression: `${'(a = :a AND '.repeat(5)}${'a = :a OR '.repeat(300)}b = :a${')'.repeat(5)}`,
          ExpressionAttributeValues: { ':a': { S: 'a' } },
        }),
    ],
    [
      'sets a path to a list or map and changes something within that',
      (call) =>
        call.updateItem({
          TableName,
          Key: item,
          UpdateExpression: 'SET copied = list_append(m.l, :l), m.l[0] = :l',
          ExpressionAttributeValues: { ':l': { L: [] } },
        }),
    ],
  ])('%s', async (named, call) => {
    const client = api();
    await expect(call(client)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(named),
    });
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: item }));
    expect(Item).toBeUndefined();
    client.destroy();
  });
});
