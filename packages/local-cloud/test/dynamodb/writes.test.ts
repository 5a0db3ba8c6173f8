import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb } from './dynamodb-fixture.ts';

const TableName = 'writes';
let dynamo: Awaited<ReturnType<typeof startDynamoDb>>;
beforeAll(async () => {
  dynamo = await startDynamoDb();
  await dynamo.makeTable(TableName);
});
afterAll(() => dynamo.stop());

let made = 0;
/** A key that no other test has. */
const newKey = () => ({ id: { S: `item-${made++}` } });
const put = (Item: Record<string, AttributeValue>) =>
  dynamo.client.send(new PutItemCommand({ TableName, Item }));
const get = async (Key: Record<string, AttributeValue>) => {
  const { Item } = await dynamo.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
};
const update = (
  Key: Record<string, AttributeValue>,
  UpdateExpression: string,
  more: Partial<UpdateItemCommandInput> = {},
) =>
  dynamo.client.send(
    new UpdateItemCommand({ TableName, Key, UpdateExpression, ReturnValues: 'ALL_NEW', ...more }),
  );

it('keeps every type as it was given', async () => {
  const item: Record<string, AttributeValue> = {
    ...newKey(),
    text: { S: 'größe ✓ 😀' },
    empty: { S: '' },
    noBytes: { B: new Uint8Array() },
    long: { N: '12345678901234567890123456789012345678' },
    small: { N: '-0.00000000000000000000000000000000000001' },
    bytes: { B: Uint8Array.from({ length: 256 }, (_, index) => index) },
    yes: { BOOL: true },
    no: { BOOL: false },
    nothing: { NULL: true },
    list: { L: [{ N: '1' }, { L: [{ B: Uint8Array.of(0, 255) }] }, { M: {} }] },
    map: { M: { deep: { M: { bytes: { BS: [Uint8Array.of(1), Uint8Array.of(2, 3)] } } } } },
    texts: { SS: ['a', 'b'] },
    numbers: { NS: ['1', '2.5'] },
  };
  await put(item);
  expect(await get({ id: item['id'] ?? { S: '' } })).toEqual(item);
});

it.each([
  ['1e3', '1000'],
  ['0001.500', '1.5'],
  ['-0', '0'],
  ['1E-2', '0.01'],
])('writes the number %s as %s', async (given, stored) => {
  const key = newKey();
  await put({ ...key, n: { N: given } });
  expect((await get(key))?.['n']).toEqual({ N: stored });
});

it.each([
  ['39 digits', { N: '1'.repeat(39) }, 'Attempting to store more than 38 significant digits in a Number'],
  [
    '1e126',
    { N: '1e126' },
    'Number overflow. Attempting to store a number with magnitude larger than supported range',
  ],
  ['text', { N: 'five' }, 'The parameter cannot be converted to a numeric value: five'],
  ['an empty set', { SS: [] }, 'One or more parameter values were invalid: An string set  may not be empty'],
])('refuses %s', async (_what, value, message) => {
  await expect(put({ ...newKey(), value })).rejects.toMatchObject({ name: 'ValidationException', message });
});

it('takes an item of 400 KB and no larger one', async () => {
  const key = newKey();
  const room = 400 * 1024 - 'id'.length - (key.id.S.length + 'text'.length);
  await put({ ...key, text: { S: 'x'.repeat(room) } });
  await expect(put({ ...key, text: { S: 'x'.repeat(room + 1) } })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Item size has exceeded the maximum allowed size',
  });
  await expect(
    update(key, 'SET more = :m', { ExpressionAttributeValues: { ':m': { S: 'y' } } }),
  ).rejects.toThrow('Item size to update has exceeded the maximum allowed size');
});

describe('conditions', () => {
  it('let one of 50 racing creators win', async () => {
    const key = newKey();
    const attempts = Array.from({ length: 50 }, (_, index) =>
      dynamo.client.send(
        new PutItemCommand({
          TableName,
          Item: { ...key, winner: { N: String(index) } },
          ConditionExpression: 'attribute_not_exists(id)',
        }),
      ),
    );
    const settled = await Promise.allSettled(attempts);
    const winners = settled.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
    expect(winners).toHaveLength(1);
    expect((await get(key))?.['winner']).toEqual({ N: winners[0] });
    for (const outcome of settled) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      });
      expect(outcome.reason.Item).toBeUndefined();
    }
  });

  it('that fail show the item, if asked', async () => {
    const failing = {
      TableName,
      ConditionExpression: '#s = :free',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':free': { S: 'free' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    const attempts = (Key: Record<string, AttributeValue>) => [
      () => dynamo.client.send(new PutItemCommand({ ...failing, Item: Key })),
      () => dynamo.client.send(new DeleteItemCommand({ ...failing, Key })),
      () => dynamo.client.send(new UpdateItemCommand({ ...failing, Key, UpdateExpression: 'REMOVE #s' })),
    ];
    const key = newKey();
    const item = { ...key, state: { S: 'taken' }, bytes: { B: Uint8Array.of(1, 2, 255) } };
    await put(item);
    for (const attempt of attempts(key)) {
      await expect(attempt()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: item });
    }
    // Of an item that is not there, there is nothing to show.
    for (const attempt of attempts(newKey())) {
      await expect(attempt()).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        Item: undefined,
      });
    }
  });

  it.each([
    ['size(texts) = :two', true],
    ['contains(texts, :a) AND NOT begins_with(name_, :b)', true],
    ['attribute_type(texts, :ss) OR n > :two', true],
    ['n BETWEEN :one AND :two', true],
    ['n IN (:two)', false],
    ['attribute_exists(map_.deep) AND map_.deep = :one', true],
    ['n < :one', false],
  ])('%s is %s', async (ConditionExpression, holds) => {
    const key = newKey();
    const item = {
      ...key,
      texts: { SS: ['a', 'b'] },
      name_: { S: 'abc' },
      n: { N: '1' },
      map_: { M: { deep: { N: '1' } } },
    };
    await put(item);
    const values: Record<string, AttributeValue> = {
      ':one': { N: '1' },
      ':two': { N: '2' },
      ':a': { S: 'a' },
      ':b': { S: 'b' },
      ':ss': { S: 'SS' },
    };
    const used = Object.entries(values).filter(([name]) =>
      new RegExp(`${name}\\b`).test(ConditionExpression),
    );
    const attempt = dynamo.client.send(
      new PutItemCommand({
        TableName,
        Item: item,
        ConditionExpression,
        ExpressionAttributeValues: Object.fromEntries(used),
      }),
    );
    if (holds) await attempt;
    else await expect(attempt).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });
});

describe('UpdateItem', () => {
  it('counts 400 concurrent ADDs exactly', async () => {
    const key = newKey();
    const add = () => update(key, 'ADD hits :one', { ExpressionAttributeValues: { ':one': { N: '1' } } });
    const answers = await Promise.all(Array.from({ length: 400 }, add));
    expect((await get(key))?.['hits']).toEqual({ N: '400' });
    // Each writer saw a state of its own: the way by which the last of several branches knows that it is the last.
    const seen = answers.map(({ Attributes }) => Number(Attributes?.['hits']?.N)).toSorted((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
  });

  it('fills a list element by element and answers with the whole item', async () => {
    const key = newKey();
    await put({ ...key, results: { L: [{ NULL: true }, { NULL: true }, { NULL: true }] } });
    await update(key, 'SET results[2] = :c', { ExpressionAttributeValues: { ':c': { S: 'c' } } });
    const { Attributes } = await update(key, 'SET results[0] = :a', {
      ExpressionAttributeValues: { ':a': { S: 'a' } },
    });
    expect(Attributes).toEqual({ ...key, results: { L: [{ S: 'a' }, { NULL: true }, { S: 'c' }] } });
  });

  it.each([
    ['SET n = n + :n', { n: { N: '12' } }],
    ['SET added = if_not_exists(added, :n)', { added: { N: '2' } }],
    ['SET l = list_append(l, :l)', { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { S: 'x' }] } }],
    ['SET l[7] = :n', { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '2' }] } }],
    ['REMOVE l[0], l[1]', { l: { L: [{ N: '2' }] } }],
    ['REMOVE l[1], l[0] SET l[2] = :n', { l: { L: [{ N: '2' }] } }],
    ['ADD texts :s', { texts: { SS: ['a', 'b', 'c'] } }],
    ['DELETE texts :s', { texts: { SS: ['a'] } }],
    ['SET m.x = :n REMOVE m.y', { m: { M: { x: { N: '2' } } } }],
    ['SET n = m.y, m.y = n', { n: { S: 'y' }, m: { M: { y: { N: '10' } } } }],
  ])('%s', async (expression, changed) => {
    const key = newKey();
    const item = {
      ...key,
      n: { N: '10' },
      l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
      texts: { SS: ['a', 'b'] },
      m: { M: { y: { S: 'y' } } },
    };
    await put(item);
    const values: Record<string, AttributeValue> = {
      ':n': { N: '2' },
      ':l': { L: [{ S: 'x' }] },
      ':s': { SS: ['b', 'c'] },
    };
    const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
    const { Attributes } = await update(key, expression, {
      ExpressionAttributeValues: used.length === 0 ? undefined : Object.fromEntries(used),
    });
    expect(Attributes).toEqual({ ...item, ...changed });
    expect(await get(key)).toEqual(Attributes);
  });

  it('answers with what was, or with what it changed', async () => {
    const key = newKey();
    await put({ ...key, a: { N: '1' }, b: { N: '2' } });
    const add = { ExpressionAttributeValues: { ':n': { N: '1' } } };
    const old = await update(key, 'ADD a :n', { ...add, ReturnValues: 'ALL_OLD' });
    expect(old.Attributes).toEqual({ ...key, a: { N: '1' }, b: { N: '2' } });
    const changed = await update(key, 'ADD a :n', { ...add, ReturnValues: 'UPDATED_NEW' });
    expect(changed.Attributes).toEqual({ a: { N: '3' } });
    const none = await update(key, 'ADD a :n', { ...add, ReturnValues: 'NONE' });
    expect(none.Attributes).toBeUndefined();
  });
});

it.each([
  ['SET name = :v', 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name'],
  [
    'SET a = :missing',
    'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :missing',
  ],
  ['SET a = ', expect.stringMatching(/^Invalid UpdateExpression: Syntax error; /)],
  ['', 'Invalid UpdateExpression: The expression can not be empty;'],
  [
    'SET id = :v',
    'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
  ],
  [
    'SET a[4294967294] = :v',
    'Invalid UpdateExpression: List index is not within the allowable range; index: [4294967294]',
  ],
  ['SET a.b = :v', 'The document path provided in the update expression is invalid for update'],
])('words the refusal of "%s" as AWS does', async (expression, message) => {
  const used = expression.includes(':v') ? { ExpressionAttributeValues: { ':v': { S: 'v' } } } : {};
  await expect(update(newKey(), expression, used)).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
});

it('takes what every object inherits for no attribute', async () => {
  const missing = update(newKey(), 'SET a = toString');
  await expect(missing).rejects.toThrow('refers to an attribute that does not exist in the item');
  const key = newKey();
  const { Attributes } = await update(key, 'SET valueOf = if_not_exists(valueOf, :v)', {
    ExpressionAttributeValues: { ':v': { S: 'v' } },
  });
  expect(Attributes).toEqual({ ...key, valueOf: { S: 'v' } });
  const { Item } = await dynamo.client.send(
    new GetItemCommand({ TableName, Key: key, ProjectionExpression: 'id, toString, valueOf' }),
  );
  expect(Item).toEqual(Attributes);
});

it('takes 32 levels of lists and maps and no more, however deep', async () => {
  const nested = (levels: number): AttributeValue => {
    let value: AttributeValue = { SS: ['x'] };
    for (let level = 0; level < levels; level++)
      value = level % 2 === 0 ? { L: [value] } : { M: { x: value } };
    return value;
  };
  const key = newKey();
  await put({ ...key, value: nested(32) });
  expect((await get(key))?.['value']).toEqual(nested(32));
  for (const levels of [33, 500]) {
    await expect(put({ ...key, value: nested(levels) })).rejects.toThrow(
      'Nesting Levels have exceeded supported limits',
    );
  }
});

it('refuses null where a value must be', async () => {
  for (const value of [{ L: [null] }, { M: { x: null } }, null]) {
    const body = JSON.stringify({ TableName, Item: { ...newKey(), value } });
    await expect(sendBody(body)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    });
  }
});

/** A PutItem whose body the SDK would not write. */
function sendBody(body: string) {
  const command = new PutItemCommand({ TableName, Item: {} });
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign(Object(args.request), { body });
      Object.assign(Object(args.request).headers, { 'content-length': String(Buffer.byteLength(body)) });
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return dynamo.client.send(command);
}

it('refuses a ConditionalOperator of nothing', async () => {
  const put = new PutItemCommand({
    TableName,
    Item: newKey(),
    ConditionExpression: 'attribute_not_exists(id)',
    ConditionalOperator: 'OR',
  });
  await expect(dynamo.client.send(put)).rejects.toThrow(
    'ConditionalOperator cannot be used without Filter or Expected',
  );
});

it('refuses an expression of more than 4 KB', async () => {
  const expression = `attribute_exists(${'a'.repeat(5_000)})`;
  await expect(update(newKey(), 'REMOVE a', { ConditionExpression: expression })).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: ${expression.length}`,
  });
});

describe('BatchWriteItem', () => {
  it('puts and deletes 25 items', async () => {
    const [old, ...keys] = Array.from({ length: 25 }, newKey);
    if (old === undefined) throw new Error('There are 25 keys.');
    await put(old);
    const { UnprocessedItems } = await dynamo.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [
            { DeleteRequest: { Key: old } },
            ...keys.map((key) => ({ PutRequest: { Item: { ...key, bytes: { B: Uint8Array.of(7) } } } })),
          ],
        },
      }),
    );
    expect(UnprocessedItems).toEqual({});
    expect(await get(old)).toBeUndefined();
    for (const key of keys) expect(await get(key)).toEqual({ ...key, bytes: { B: Uint8Array.of(7) } });
  });

  it('refuses more than 25, two writes of one item, and an element that is two requests', async () => {
    await dynamo.makeTable('second');
    const puts = (count: number) => Array.from({ length: count }, () => ({ PutRequest: { Item: newKey() } }));
    const write = (RequestItems: Record<string, object[]>) =>
      dynamo.client.send(new BatchWriteItemCommand({ RequestItems }));
    await expect(write({ [TableName]: puts(13), second: puts(13) })).rejects.toThrow(
      'Too many items requested for the BatchWriteItem call',
    );
    const key = newKey();
    const twice = [{ PutRequest: { Item: key } }, { DeleteRequest: { Key: key } }];
    await expect(write({ [TableName]: twice })).rejects.toThrow(
      'Provided list of item keys contains duplicates',
    );
    await expect(
      write({ [TableName]: [{ PutRequest: { Item: key }, DeleteRequest: { Key: key } }] }),
    ).rejects.toThrow('more than one datatypes set');
    expect(await get(key)).toBeUndefined();
  });
});
