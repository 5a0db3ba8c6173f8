// DynamoDB of the embedded cloud against dynalite behind its own port: puts, gets and updates of small items at concurrency
// 8, in interleaved rounds. The embedded cloud verifies signatures, which dynalite does not.
//   node bench/dynamodb.bench.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_REGION } from '../src/credentials.ts';
import { readLiveLock } from '../src/process/lock-file.ts';
import { BENCH_CREDENTIALS } from './fixtures/credentials.ts';
import { serve } from './fixtures/serving-process.ts';
import { printed, spreadOf } from './fixtures/spread.ts';

const TableName = 'bench';
const CONCURRENCY = 8;
const REQUESTS_A_ROUND = 800;
const ROUNDS = 10;
const TEXT = 'x'.repeat(200);

const stateDir = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
const [cloud, bare] = await Promise.all([serve('s3-cloud.ts', stateDir), serve('bare-dynalite.ts')]);
const lock = readLiveLock(stateDir);
if (lock === undefined) throw new Error('The cloud announces itself in its state folder.');
const ours = clientOf(cloud.endpoint, lock.credentials);
const theirs = clientOf(bare.endpoint, BENCH_CREDENTIALS);
try {
  for (const client of [ours, theirs]) await makeTable(client);
  await compare('put', (client, index) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { id: { S: `i${index}` }, hits: { N: '0' }, text: { S: TEXT } },
      }),
    ),
  );
  await compare('get', (client, index) =>
    client.send(new GetItemCommand({ TableName, Key: { id: { S: `i${index}` } }, ConsistentRead: true })),
  );
  await compare('update', (client, index) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: `i${index}` } },
        UpdateExpression: 'ADD hits :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
} finally {
  ours.destroy();
  theirs.destroy();
  await Promise.all([cloud.stop(), bare.stop()]);
  rmSync(stateDir, { recursive: true, force: true });
}

async function compare(
  name: string,
  operation: (client: DynamoDBClient, index: number) => Promise<unknown>,
): Promise<void> {
  for (const client of [ours, theirs]) await round(client, operation);
  const rates = { ours: [] as number[], theirs: [] as number[], ratio: [] as number[] };
  for (let index = 0; index < ROUNDS; index++) {
    // Who goes first alternates, so that a drift of the machine favours nobody.
    const order = index % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const measured = new Map<DynamoDBClient, number>();
    for (const client of order) measured.set(client, await round(client, operation));
    const [our = 0, their = 0] = [measured.get(ours), measured.get(theirs)];
    rates.ours.push(our);
    rates.theirs.push(their);
    rates.ratio.push(our / their);
  }
  console.log(`${name} at concurrency ${CONCURRENCY}, ${ROUNDS} rounds of ${REQUESTS_A_ROUND}`);
  console.log(`  embedded cloud  ${printed(spreadOf(rates.ours), 'requests/s')}`);
  console.log(`  bare dynalite   ${printed(spreadOf(rates.theirs), 'requests/s')}`);
  console.log(`  ratio           ${printed(spreadOf(rates.ratio), 'times')}`);
}

/** Requests per second. */
async function round(
  client: DynamoDBClient,
  operation: (client: DynamoDBClient, index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let index = next++; index < REQUESTS_A_ROUND; index = next++) await operation(client, index);
    }),
  );
  return (REQUESTS_A_ROUND * 1000) / (performance.now() - startedMs);
}

async function makeTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName });
}

function clientOf(
  endpoint: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials, maxAttempts: 1 });
}
