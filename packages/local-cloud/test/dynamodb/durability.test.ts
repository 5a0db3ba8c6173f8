import { once } from 'node:events';
import { join } from 'node:path';
import {
  type AttributeValue,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  paginateScan,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { LOCAL_REGION } from '../../src/index.ts';
import { createStore, type DynaliteStore } from '../../src/services/dynamodb/dynalite.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startDynamoDb, tableOf } from './dynamodb-fixture.ts';

const ACKNOWLEDGED_BEFORE_KILL = 300;
const WRITERS = 8;

async function spawnDynamoDb(stateDir: string) {
  const { child, endpoint } = spawnCloud(['--port', '0', '--state', stateDir, '--no-verify']);
  const client = new DynamoDBClient({
    endpoint: await endpoint(),
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return { child, client };
}

it('a kill -9 amid writes loses nothing that was answered, and leaves no index entry without its item', async () => {
  const stateDir = temporaryFolder();
  const { child, client } = await spawnDynamoDb(stateDir);
  const { AttributeDefinitions = [], ...table } = tableOf('durable', 'id');
  await client.send(
    new CreateTableCommand({
      ...table,
      AttributeDefinitions: [...AttributeDefinitions, { AttributeName: 'turn', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-turn',
          KeySchema: [{ AttributeName: 'turn', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      Tags: [{ Key: 'app', Value: 'test' }],
    }),
  );
  // Each writer counts in an item of its own, moving it in the index, and all count in one.
  const acknowledged = new Map<string, number>();
  let total = 0;
  const write = async (writer: number): Promise<void> => {
    for (let count = 1; ; count++) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: 'durable',
            Item: { id: { S: `w${writer}` }, turn: { S: `t${count % 5}` }, count: { N: String(count) } },
          }),
        );
        acknowledged.set(`w${writer}`, count);
        await client.send(
          new UpdateItemCommand({
            TableName: 'durable',
            Key: { id: { S: 'all' } },
            UpdateExpression: 'ADD hits :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          }),
        );
      } catch {
        return;
      }
      total += 1;
      if (total === ACKNOWLEDGED_BEFORE_KILL) child.kill('SIGKILL');
    }
  };
  await Promise.all([...Array(WRITERS).keys()].map(write));
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const { client: after } = await spawnDynamoDb(stateDir);
  const get = async (id: string) =>
    (await after.send(new GetItemCommand({ TableName: 'durable', Key: { id: { S: id } } }))).Item;
  for (const [id, count] of acknowledged) {
    const found = Number((await get(id))?.['count']?.N);
    expect([count, count + 1]).toContain(found);
  }
  const hits = Number((await get('all'))?.['hits']?.N);
  expect(hits).toBeGreaterThanOrEqual(total);
  expect(hits).toBeLessThanOrEqual(total + WRITERS);

  const scanned = async (IndexName?: string) => {
    const found: Record<string, AttributeValue>[] = [];
    for await (const { Items = [] } of paginateScan(
      { client: after },
      { TableName: 'durable', ...(IndexName && { IndexName }) },
    )) {
      found.push(...Items.filter((item) => item['turn'] !== undefined));
    }
    return found.toSorted((a, b) => String(a['id']?.S).localeCompare(String(b['id']?.S)));
  };
  expect(await scanned('by-turn')).toEqual(await scanned());
});

/** DynamoDB with its LevelDB changed while it was stopped. */
async function restartedAfter(
  prepare: (dynamo: Awaited<ReturnType<typeof startDynamoDb>>) => Promise<unknown>,
  change: (store: DynaliteStore) => Promise<unknown>,
) {
  const dynamo = await startDynamoDb();
  onTestFinished(() => dynamo.stop());
  await prepare(dynamo);
  const [service] = dynamo.cloud.services;
  await service.stop?.();
  const store = createStore({ path: join(dynamo.cloud.environment.stateDir, 'dynamodb') });
  await change(store);
  await store.db.close();
  await service.start?.();
  return dynamo;
}

it('a start finishes the making and the deleting of tables', async () => {
  const { client, makeTable } = await restartedAfter(
    async (dynamo) => {
      for (const name of ['made', 'deleted']) {
        await dynamo.makeTable(name);
        await dynamo.client.send(new PutItemCommand({ TableName: name, Item: { id: { S: 'a' } } }));
      }
    },
    async ({ db }) => {
      for await (const [key, table] of db.iterator({ gte: 'table~', lt: 'table~z' })) {
        await db.put(key, { ...table, TableStatus: key === 'table~made' ? 'CREATING' : 'DELETING' });
      }
    },
  );
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'made' }));
  expect(Table?.TableStatus).toBe('ACTIVE');
  expect((await client.send(new ScanCommand({ TableName: 'made' }))).Count).toBe(1);
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['made']);
  await makeTable('deleted');
  expect((await client.send(new ScanCommand({ TableName: 'deleted' }))).Count).toBe(0);
});

it('what dynalite trips over fails its own request only, and lets the next writer of the item in', async () => {
  const { client } = await restartedAfter(
    async (dynamo) => {
      await dynamo.makeTable('torn');
      await dynamo.client.send(
        new PutItemCommand({ TableName: 'torn', Item: { id: { S: 'a' }, n: { N: '1' } } }),
      );
    },
    async ({ db }) => {
      for await (const [key, item] of db.iterator({ gte: 'item-torn~', lt: 'item-torn~z' })) {
        await db.put(key, { ...item, n: { N: 'no number' } });
      }
    },
  );
  const values = { ExpressionAttributeValues: { ':n': { N: '2' } } };
  const conditional = () =>
    client.send(
      new PutItemCommand({
        TableName: 'torn',
        Item: { id: { S: 'a' } },
        ConditionExpression: 'n < :n',
        ...values,
      }),
    );
  await expect(conditional()).rejects.toMatchObject({ name: 'InternalError' });
  await expect(conditional()).rejects.toMatchObject({ name: 'InternalError' });
  const search = { TableName: 'torn', FilterExpression: 'n < :n' };
  await expect(client.send(new ScanCommand({ ...search, ...values }))).rejects.toMatchObject({
    name: 'InternalError',
  });
  const query = new QueryCommand({
    ...search,
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ...values.ExpressionAttributeValues, ':id': { S: 'a' } },
  });
  await expect(client.send(query)).rejects.toMatchObject({ name: 'InternalError' });

  await client.send(new PutItemCommand({ TableName: 'torn', Item: { id: { S: 'a' }, n: { N: '1' } } }));
  await conditional();
});
