import {
  type AttributeValue,
  PutItemCommand,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDynamoDb } from './dynamodb-fixture.ts';

let dynamo: Awaited<ReturnType<typeof startDynamoDb>>;
beforeAll(async () => {
  dynamo = await startDynamoDb();
  for (const table of ['conditions', 'values']) await dynamo.makeTable(table);
  await dynamo.client.send(new PutItemCommand({ TableName: 'conditions', Item: item }));
});
afterAll(() => dynamo.stop());

const item: Record<string, AttributeValue> = {
  id: { S: 'a' },
  one: { N: '1' },
  two: { N: '2' },
  yes: { BOOL: true },
  nothing: { NULL: true },
  empty_: { S: '' },
  smiley: { S: '😀' },
  bytes: { B: Uint8Array.of(1, 254, 255) },
  list_: { L: [{ N: '1' }, { BOOL: false }, { S: '' }, { M: { x: { SS: ['a', 'b'] } } }] },
  same: { L: [{ N: '1.0' }, { BOOL: false }, { S: '' }, { M: { x: { SS: ['b', 'a'] } } }] },
  map_: { M: { x: { NULL: true }, y: { L: [] } } },
  texts: { SS: ['a', 'b'] },
};
const values: Record<string, AttributeValue> = {
  ':one': { N: '1e0' },
  ':false': { BOOL: false },
  ':true': { BOOL: true },
  ':null': { NULL: true },
  ':empty': { S: '' },
  ':zero': { N: '0' },
  ':map': { M: { y: { L: [] }, x: { NULL: true } } },
  ':less': { M: { x: { NULL: true } } },
  ':inner': { M: { x: { SS: ['b', 'a'] } } },
  ':reversed': { L: [{ S: '' }, { N: '1' }] },
  ':bytes': { B: Uint8Array.of(255) },
  ':start': { B: Uint8Array.of(1, 253) },
  ':bmp': { S: '\uffee' },
  ':emptyList': { L: [] },
};

async function matches(search: Partial<ScanCommandInput>): Promise<boolean> {
  const { Count } = await dynamo.client.send(new ScanCommand({ TableName: 'conditions', ...search }));
  return Count === 1;
}

it.each<[string, boolean]>([
  // What is absent equals nothing, not even what is absent too.
  ['absent = gone', false],
  ['absent <= gone', false],
  ['absent >= one', false],
  ['absent <> gone', true],
  ['absent <> :one', true],
  ['NOT absent = :one', true],
  ['absent BETWEEN gone AND lost', false],
  ['one IN (absent, gone)', false],
  ['size(absent) = :zero', false],
  ['list_ = same', true],
  ['list_ <> same', false],
  ['map_ = :map', true],
  ['map_ = :less', false],
  ['map_ <> :less', true],
  ['map_ IN (:less, :map)', true],
  ['map_.y = :emptyList', true],
  ['list_ = :reversed', false],
  ['contains(list_, :false)', true],
  ['contains(list_, :true)', false],
  ['contains(list_, :null)', false],
  ['contains(list_, :empty)', true],
  ['contains(list_, :inner)', true],
  ['contains(bytes, :bytes)', true],
  ['contains(texts, :one)', false],
  ['begins_with(bytes, :start)', false],
  ['yes < :true', false],
  ['yes <= :true', false],
  ['one < two AND two >= one AND one BETWEEN :zero AND two', true],
  ['one = :true', false],
  ['size(empty_) = :zero', true],
  ['size(map_.y) = :zero', true],
  ['size(one) > :zero', false],
  ['smiley > :bmp', true],
  ['attribute_exists(map_.x) AND attribute_not_exists(map_.z)', true],
  ['attribute_not_exists(toString) AND attribute_not_exists(map_.valueOf)', true],
  ['toString = hasOwnProperty', false],
  ['((((one = :one OR two = :one) AND one = :one) OR yes = :one) AND one = :one) OR yes = :one', true],
])('%s is %s, as a filter and as a condition', async (expression, holds) => {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
  const ExpressionAttributeValues = used.length === 0 ? undefined : Object.fromEntries(used);
  expect(await matches({ FilterExpression: expression, ExpressionAttributeValues })).toBe(holds);
  const update = dynamo.client.send(
    new UpdateItemCommand({
      TableName: 'conditions',
      Key: { id: { S: 'a' } },
      ConditionExpression: expression,
      ExpressionAttributeValues,
    }),
  );
  if (holds) await update;
  else await expect(update).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
});

it.each<[string, Partial<ScanCommandInput>, boolean]>([
  [
    'one of several',
    { ConditionalOperator: 'OR', ScanFilter: { absent: equals({ N: '1' }), one: equals({ N: '1.0' }) } },
    true,
  ],
  [
    'none of several',
    { ConditionalOperator: 'OR', ScanFilter: { absent: equals({ N: '1' }), one: equals({ N: '3' }) } },
    false,
  ],
  ['all', { ScanFilter: { one: equals({ N: '1' }), two: equals({ N: '2' }) } }, true],
  ['not all', { ScanFilter: { one: equals({ N: '1' }), two: equals({ N: '3' }) } }, false],
  [
    'a text that is not there',
    { ScanFilter: { list_: { ComparisonOperator: 'NOT_CONTAINS', AttributeValueList: [{ S: 'x' }] } } },
    true,
  ],
  ['an absence', { ScanFilter: { absent: { ComparisonOperator: 'NULL' } } }, true],
])('an older filter asks for %s', async (_what, search, holds) => {
  expect(await matches(search)).toBe(holds);
});

it('an older condition compares lists and maps, and takes no number that is none', async () => {
  const put = (value: AttributeValue) =>
    dynamo.client.send(
      new PutItemCommand({
        TableName: 'conditions',
        Item: item,
        Expected: { map_: { ComparisonOperator: 'EQ', AttributeValueList: [value] } },
      }),
    );
  await put(item['map_'] ?? { M: {} });
  await expect(put({ M: {} })).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  await expect(put({ N: 'x' })).rejects.toMatchObject({ name: 'ValidationException' });
});

function equals(value: AttributeValue) {
  return { ComparisonOperator: 'EQ' as const, AttributeValueList: [value] };
}

it('whatever was put equals itself, and nothing that was put beside it unless that is the same', async () => {
  const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.record({ S: fc.string({ unit: 'grapheme', maxLength: 3 }) }),
      fc.record({ N: fc.integer({ min: -3, max: 3 }).map(String) }),
      fc.record({ BOOL: fc.boolean() }),
      fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
      fc.record({ M: fc.dictionary(fc.constantFrom('x', 'y', 'toString'), tie('value'), { maxKeys: 3 }) }),
    ),
  }));
  let made = 0;
  await fc.assert(
    fc.asyncProperty(value, value, async (left, right) => {
      const Item = { id: { S: String(made++) }, left, right };
      await dynamo.client.send(new PutItemCommand({ TableName: 'values', Item }));
      const ConditionExpression = `#l = :l AND #r = :r AND #l ${equal(left, right) ? '=' : '<>'} #r`;
      await dynamo.client.send(
        new PutItemCommand({
          TableName: 'values',
          Item,
          ConditionExpression,
          ExpressionAttributeNames: { '#l': 'left', '#r': 'right' },
          ExpressionAttributeValues: { ':l': left, ':r': right },
        }),
      );
    }),
    { numRuns: 60 },
  );
});

/** Map members in any order. Sets are not among the values. */
function equal(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}
