import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';

import type { Attributes, Table, Updated } from './ports.ts';

/** What a table of the runtime is found by. */
export const TABLE_KEY = {
  partitionKey: { name: 'session', type: 'S' },
  sortKey: { name: 'item', type: 'S' },
} as const;

/** DynamoDB's limits. */
const MAX_READ_AT_ONCE = 100;
const MAX_WRITTEN_AT_ONCE = 25;
/** Before what DynamoDB did not get to is asked for again; doubled each time. */
const FIRST_WAIT_MS = 20;

type Item = Record<string, AttributeValue>;

/** A DynamoDB table. */
export class DynamoTable implements Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async read(session: string, names: readonly string[]): Promise<ReadonlyMap<string, Attributes>> {
    const found = new Map<string, Attributes>();
    await inBatches(
      [...new Set(names)].map((name) => key(session, name)),
      MAX_READ_AT_ONCE,
      async (Keys) => {
        const { Responses, UnprocessedKeys } = await this.#client.send(
          new BatchGetItemCommand({ RequestItems: { [this.#name]: { Keys, ConsistentRead: true } } }),
        );
        for (const item of Responses?.[this.#name] ?? []) found.set(nameOf(item), attributesOf(item));
        return UnprocessedKeys?.[this.#name]?.Keys ?? [];
      },
    );
    return found;
  }

  async create(session: string, name: string, attributes: Attributes): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#name,
          Item: { ...key(session, name), ...valuesOf(attributes) },
          ConditionExpression: 'attribute_not_exists(#item)',
          ExpressionAttributeNames: { '#item': 'item' },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async endLine(session: string, name: string, line: number, end: string): Promise<Updated> {
    return this.#update(session, name, {
      // Values on the right are those before the update.
      UpdateExpression:
        'SET #order = if_not_exists(#finished, :zero) + :one, #finished = if_not_exists(#finished, :zero) + :one, #end = :end',
      ConditionExpression: 'attribute_not_exists(#order)',
      ExpressionAttributeNames: { '#order': `order${line}`, '#end': `end${line}`, '#finished': 'finished' },
      ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' }, ':end': { S: end } },
    });
  }

  async failLine(session: string, name: string, line: number, failure: string): Promise<Updated> {
    return this.#update(session, name, {
      UpdateExpression: 'SET #failure = :failure',
      ConditionExpression: 'attribute_not_exists(#failure) AND attribute_not_exists(#order)',
      ExpressionAttributeNames: { '#failure': 'failure', '#order': `order${line}` },
      ExpressionAttributeValues: { ':failure': { S: failure } },
    });
  }

  async list(session: string): Promise<ReadonlyMap<string, Attributes>> {
    const found = new Map<string, Attributes>();
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#name,
        ConsistentRead: true,
        KeyConditionExpression: '#session = :session',
        ProjectionExpression: '#item, #object',
        ExpressionAttributeNames: { '#session': 'session', '#item': 'item', '#object': 'object' },
        ExpressionAttributeValues: { ':session': { S: session } },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) found.set(nameOf(item), attributesOf(item));
    }
    return found;
  }

  async remove(session: string, names: readonly string[]): Promise<void> {
    const requests = names.map((name): WriteRequest => ({ DeleteRequest: { Key: key(session, name) } }));
    await inBatches(requests, MAX_WRITTEN_AT_ONCE, async (batch) => {
      const { UnprocessedItems } = await this.#client.send(
        new BatchWriteItemCommand({ RequestItems: { [this.#name]: batch } }),
      );
      return UnprocessedItems?.[this.#name] ?? [];
    });
  }

  async *older(name: string, atMs: number): AsyncIterable<{ session: string; attributes: Attributes }> {
    const pages = paginateScan(
      { client: this.#client },
      {
        TableName: this.#name,
        ConsistentRead: true,
        FilterExpression: '#item = :item AND #atMs < :atMs',
        ProjectionExpression: '#session, #item, #object',
        ExpressionAttributeNames: {
          '#session': 'session',
          '#item': 'item',
          '#object': 'object',
          '#atMs': 'atMs',
        },
        ExpressionAttributeValues: { ':item': { S: name }, ':atMs': { N: String(atMs) } },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) yield { session: item['session']?.S ?? '', attributes: attributesOf(item) };
    }
  }

  async #update(
    session: string,
    name: string,
    update: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
  ): Promise<Updated> {
    try {
      const { Attributes = {} } = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#name,
          Key: key(session, name),
          ...update,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { item: attributesOf(Attributes), isNew: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { item: attributesOf(error.Item ?? {}), isNew: false };
    }
  }
}

function key(session: string, name: string): Item {
  return { session: { S: session }, item: { S: name } };
}

function nameOf(item: Item): string {
  return item['item']?.S ?? '';
}

function valuesOf(attributes: Attributes): Item {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]): [string, AttributeValue] => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );
}

function attributesOf({ session: _session, item: _item, ...others }: Item): Attributes {
  return Object.fromEntries(
    Object.entries(others).map(([name, { N, S = '' }]) => [name, N === undefined ? S : Number(N)]),
  );
}

/** Gives the work so many at once, and what it gives back, which was not done, again after a while. */
async function inBatches<Request>(
  requests: readonly Request[],
  size: number,
  work: (batch: Request[]) => Promise<readonly Request[]>,
): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  for (let left = requests; left.length > 0; ) {
    const undone = await work(left.slice(0, size));
    left = [...undone, ...left.slice(size)];
    if (undone.length === 0) continue;
    await sleep(waitMs);
    waitMs *= 2;
  }
}
