import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb, tableOf } from './dynamodb-fixture.ts';

const TableName = 'reads';
let dynamo: Awaited<ReturnType<typeof startDynamoDb>>;

beforeAll(async () => {
  dynamo = await startDynamoDb();
  const { AttributeDefinitions = [], ...table } = tableOf(TableName, 'run', 'step');
  await dynamo.makeTable(TableName, {
    ...table,
    AttributeDefinitions: [
      ...AttributeDefinitions,
      { AttributeName: 'status', AttributeType: 'S' },
      { AttributeName: 'cost', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-status',
        KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
      {
        IndexName: 'by-status-and-cost',
        KeySchema: [
          { AttributeName: 'status', KeyType: 'HASH' },
          { AttributeName: 'cost', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-cost',
        KeySchema: [
          { AttributeName: 'run', KeyType: 'HASH' },
          { AttributeName: 'cost', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
});
afterAll(() => dynamo.stop());

const put = (Item: Record<string, AttributeValue>, table = TableName) =>
  dynamo.client.send(new PutItemCommand({ TableName: table, Item }));
const text = (S: string): AttributeValue => ({ S });
const number = (value: number): AttributeValue => ({ N: String(value) });

async function query(
  KeyConditionExpression: string,
  values: Record<string, AttributeValue>,
  more: Partial<QueryCommandInput> = {},
) {
  return dynamo.client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression,
      ...more,
      ExpressionAttributeValues: { ...values, ...more.ExpressionAttributeValues },
    }),
  );
}
const steps = ({ Items = [] }: { Items?: Record<string, AttributeValue>[] | undefined }) =>
  Items.map(({ step }) => step?.S ?? '(none)');

describe('Query', () => {
  beforeAll(async () => {
    for (const [index, step] of ['a', 'b', 'ba', 'bb', 'c'].entries()) {
      await put({
        run: text('r'),
        step: text(step),
        status: text('done'),
        cost: number(10 - index),
        note: text('n'),
      });
    }
    await put({ run: text('other'), step: text('b'), status: text('failed'), cost: number(-3) });
  });

  it.each([
    ['run = :r', {}, ['a', 'b', 'ba', 'bb', 'c']],
    ['run = :r AND step = :s', { ':s': text('b') }, ['b']],
    ['run = :r AND step < :s', { ':s': text('b') }, ['a']],
    ['run = :r AND step <= :s', { ':s': text('b') }, ['a', 'b']],
    ['run = :r AND step > :s', { ':s': text('b') }, ['ba', 'bb', 'c']],
    ['run = :r AND step >= :s', { ':s': text('b') }, ['b', 'ba', 'bb', 'c']],
    ['run = :r AND begins_with(step, :s)', { ':s': text('b') }, ['b', 'ba', 'bb']],
    ['run = :r AND step BETWEEN :s AND :t', { ':s': text('b'), ':t': text('bb') }, ['b', 'ba', 'bb']],
  ])('%s', async (condition, values, expected) => {
    expect(steps(await query(condition, { ':r': text('r'), ...values }))).toEqual(expected);
    const backward = await query(condition, { ':r': text('r'), ...values }, { ScanIndexForward: false });
    expect(steps(backward)).toEqual(expected.toReversed());
  });

  it('filters what it read, and says how much that was', async () => {
    const output = await query(
      'run = :r',
      { ':r': text('r') },
      {
        FilterExpression: 'cost > :c',
        ExpressionAttributeValues: { ':c': number(8) },
        ProjectionExpression: 'step, #s',
        ExpressionAttributeNames: { '#s': 'status' },
      },
    );
    expect(output).toMatchObject({
      Count: 2,
      ScannedCount: 5,
      Items: [
        { step: text('a'), status: text('done') },
        { step: text('b'), status: text('done') },
      ],
    });
    expect(Object.keys(output.Items?.[0] ?? {}).toSorted()).toEqual(['status', 'step']);
  });

  it('reads global and local indexes in the order of their keys', async () => {
    const byCost = await query(
      '#s = :s AND cost BETWEEN :a AND :b',
      {
        ':s': text('done'),
        ':a': number(7),
        ':b': number(9),
      },
      { IndexName: 'by-status-and-cost', ExpressionAttributeNames: { '#s': 'status' } },
    );
    expect(steps(byCost)).toEqual(['bb', 'ba', 'b']);
    expect(byCost.Items?.[0]).toEqual({
      run: text('r'),
      step: text('bb'),
      status: text('done'),
      cost: number(7),
      note: text('n'),
    });
    const local = await query(
      'run = :r',
      { ':r': text('r') },
      { IndexName: 'by-cost', Select: 'ALL_ATTRIBUTES', Limit: 2 },
    );
    expect(steps(local)).toEqual(['c', 'bb']);
    expect(local.Items?.[0]?.['note']).toEqual(text('n'));
    const failed = await query(
      '#s = :s',
      { ':s': text('failed') },
      { IndexName: 'by-status', ExpressionAttributeNames: { '#s': 'status' } },
    );
    expect(failed.Items?.[0]?.['cost']).toEqual(number(-3));
  });

  it('moves an item in its indexes when it changes', async () => {
    const key = { run: text('moving'), step: text('x') };
    const inState = async (status: string) =>
      steps(
        await query(
          '#s = :s',
          { ':s': text(status) },
          { IndexName: 'by-status', ExpressionAttributeNames: { '#s': 'status' } },
        ),
      );
    await put({ ...key, status: text('open') });
    expect(await inState('open')).toEqual(['x']);
    await put({ ...key, status: text('shut') });
    expect(await inState('open')).toEqual([]);
    expect(await inState('shut')).toEqual(['x']);
  });

  it.each([
    ['step = :r', 'Query condition missed key schema element: run'],
    ['run = :r AND note = :r', 'Query condition missed key schema element: step'],
    ['run > :r', 'Query key condition not supported'],
    ['run = :r OR step = :r', 'Invalid operator used in KeyConditionExpression: OR'],
  ])('refuses the condition %s', async (condition, message) => {
    await expect(query(condition, { ':r': text('r') })).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });
});

/** Two keys of which dynalite's own index entries have the same end: six digits of this hash. */
function collidingKeys(): [string, string] {
  const seen = new Map<string, string>();
  for (let index = 0; ; index++) {
    const step = `step-${index}`;
    const end = createHash('md5')
      .update('Outliers')
      .update('collision')
      .update(step)
      .digest('hex')
      .slice(0, 6);
    const other = seen.get(end);
    if (other !== undefined) return [other, step];
    seen.set(end, step);
  }
}

it('keeps every item of an index apart, whatever their hashes', async () => {
  const colliding = collidingKeys();
  const inIndex = async () => {
    const found: string[] = [];
    for await (const page of paginateQuery(
      { client: dynamo.client, pageSize: 1 },
      {
        TableName,
        IndexName: 'by-status',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': text('collided') },
      },
    )) {
      found.push(...steps(page));
    }
    return found;
  };
  for (const step of colliding)
    await put({ run: text('collision'), step: text(step), status: text('collided') });
  expect((await inIndex()).toSorted()).toEqual(colliding.toSorted());
  const [first, second] = colliding;
  await put({ run: text('collision'), step: text(first), status: text('apart') });
  expect(await inIndex()).toEqual([second]);
});

it('pages through an index in the order of numbers, forward and backward, whatever they are', async () => {
  const finite = fc.oneof(
    fc.integer({ min: -20, max: 20 }),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
      .filter((cost) => cost === 0 || Math.abs(cost) > 1e-100),
  );
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(finite, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (costs, pageSize, ScanIndexForward) => {
        const status = `run-${runs++}`;
        await Promise.all(
          costs.map((cost, index) =>
            put({ run: text(status), step: text(String(index)), status: text(status), cost: number(cost) }),
          ),
        );
        const found: number[] = [];
        for await (const { Items = [] } of paginateQuery(
          { client: dynamo.client, pageSize },
          {
            TableName,
            IndexName: 'by-status-and-cost',
            KeyConditionExpression: '#s = :s',
            ExpressionAttributeNames: { '#s': 'status' },
            ExpressionAttributeValues: { ':s': text(status) },
            ScanIndexForward,
          },
        )) {
          found.push(...Items.map(({ cost }) => Number(cost?.N)));
        }
        const sorted = costs.map((cost) => cost + 0).toSorted((a, b) => a - b);
        expect(found).toEqual(ScanIndexForward ? sorted : sorted.toReversed());
      },
    ),
    { numRuns: 25 },
  );
});

describe('pages', () => {
  const ITEMS = 60;
  const large = 'x'.repeat(50_000);
  beforeAll(async () => {
    await dynamo.makeTable('large', {
      ...tableOf('large', 'run', 'step'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-step',
          KeySchema: [
            { AttributeName: 'step', KeyType: 'HASH' },
            { AttributeName: 'run', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    for (let batch = 0; batch < ITEMS; batch += 20) {
      await dynamo.client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            large: Array.from({ length: 20 }, (_, index) => {
              const step = String(batch + index).padStart(3, '0');
              return { PutRequest: { Item: { run: text('r'), step: text(step), large: text(large) } } };
            }),
          },
        }),
      );
    }
  });
  const all = Array.from({ length: ITEMS }, (_, index) => String(index).padStart(3, '0'));
  const input = {
    TableName: 'large',
    KeyConditionExpression: 'run = :r',
    ExpressionAttributeValues: { ':r': text('r') },
  };

  it('end at 1 MB', async () => {
    const first = await dynamo.client.send(new QueryCommand(input));
    expect(first.Count).toBe(21);
    expect(first.LastEvaluatedKey).toEqual({ run: text('r'), step: text('020') });
    const counted = await dynamo.client.send(new QueryCommand({ ...input, Select: 'COUNT' }));
    expect(counted.Count).toBe(21);
    expect(counted).not.toHaveProperty('Items');
  });

  it.each([true, false])('cover everything once, ScanIndexForward %s', async (ScanIndexForward) => {
    for (const pageSize of [1_000, 7]) {
      const found: string[] = [];
      for await (const page of paginateQuery(
        { client: dynamo.client, pageSize },
        { ...input, ScanIndexForward },
      )) {
        found.push(...steps(page));
      }
      expect(found).toEqual(ScanIndexForward ? all : all.toReversed());
    }
  });

  it('of Scan cover everything once, in segments, in an index and with a filter', async () => {
    const scanned = async (more: object) => {
      const found: string[] = [];
      for await (const page of paginateScan(
        { client: dynamo.client, pageSize: 11 },
        { TableName: 'large', ...more },
      )) {
        found.push(...steps(page));
      }
      return found.toSorted();
    };
    expect(await scanned({})).toEqual(all);
    expect(await scanned({ IndexName: 'by-step' })).toEqual(all);
    const segments = await Promise.all([0, 1, 2].map((Segment) => scanned({ Segment, TotalSegments: 3 })));
    expect(segments.flat().toSorted()).toEqual(all);
    const some = await scanned({
      FilterExpression: 'step > :s',
      ExpressionAttributeValues: { ':s': text('050') },
    });
    expect(some).toEqual(all.slice(51));
  });

  it('of BatchGetItem leave keys for the next call, with their projection', async () => {
    const keys = all.map((step) => ({ run: text('r'), step: text(step) }));
    const found: string[] = [];
    let RequestItems: BatchGetItemCommand['input']['RequestItems'] = {
      large: {
        Keys: keys,
        ProjectionExpression: 'step, #l',
        ExpressionAttributeNames: { '#l': 'large' },
        ConsistentRead: true,
      },
    };
    for (let calls = 0; calls < 10 && Object.keys(RequestItems ?? {}).length > 0; calls++) {
      const output: BatchGetItemCommandOutput = await dynamo.client.send(
        new BatchGetItemCommand({ RequestItems }),
      );
      for (const item of output.Responses?.['large'] ?? []) {
        expect(Object.keys(item).toSorted()).toEqual(['large', 'step']);
        found.push(item['step']?.S ?? '(none)');
      }
      RequestItems = output.UnprocessedKeys;
    }
    expect(found.toSorted()).toEqual(all);
  });
});

it('Scan refuses a table that is not there', async () => {
  await expect(dynamo.client.send(new ScanCommand({ TableName: 'nowhere' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
});
