import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  type Tag,
} from '@aws-sdk/client-dynamodb';

import { waitUntil } from '../backoff.ts';
import type { TableDeclaration, TableKey } from '../declaration/table.ts';
import { CloudUsageError, NotOursError } from '../errors.ts';
import { declared } from '../references.ts';
import { orAbsent } from '../sdk-errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import { allPages } from './all-pages.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** A DynamoDB table. What differs in its key or indexes is refused: only a new table could have it, and the items would be lost. */
export class TableResource implements Resource {
  readonly type = 'table';
  readonly name: string;
  readonly #arn: string;
  readonly #declaration: TableDeclaration;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: TableDeclaration, context: ResourceContext) {
    const { name, arn } = declared(context.names.tables, 'table', key);
    this.name = name;
    this.#arn = arn;
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const table = await this.#find();
    if (table === undefined || table.TableStatus === 'DELETING')
      return {
        action: 'create',
        changes: [shapeOf(this.#declaration)],
        apply: () => this.#create(),
      };
    const tags = await this.#tags();
    if (!carriesTags(tags, this.#context.tags)) throw new NotOursError('Table', this.name, tagText(tags));
    const [expected, found] = [shapeOf(this.#declaration), shapeFound(table)];
    if (expected !== found) {
      throw new CloudUsageError(
        `Table ${this.name}: expected ${expected}, found ${found}. A table's key and indexes are fixed here: destroy it (its items are lost) and deploy again.`,
      );
    }
    return { action: 'unchanged' };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const table = await this.#find();
    if (table === undefined || table.TableStatus === 'DELETING') return { action: 'absent' };
    const tags = await this.#tags();
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return { action: 'remove', detail: 'delete it with its items', apply: () => this.#delete() };
  }

  /** One that a killed deploy left in the making is waited for: until then AWS knows no tags of it, and refuses to delete it. */
  async #find(): Promise<TableDescription | undefined> {
    const table = await this.#describe();
    if (table?.TableStatus !== 'CREATING') return table;
    await this.#waitUntilReady();
    return this.#describe();
  }

  async #describe(): Promise<TableDescription | undefined> {
    const request = this.#dynamodb.send(new DescribeTableCommand({ TableName: this.name }), this.#options);
    return (await orAbsent(['ResourceNotFoundException'], request))?.Table;
  }

  async #tags(): Promise<Record<string, string | undefined>> {
    const tags = await allPages<Tag>(async (NextToken) => {
      const command = new ListTagsOfResourceCommand({ ResourceArn: this.#arn, NextToken });
      const page = await this.#dynamodb.send(command, this.#options);
      return { items: page.Tags, next: page.NextToken };
    });
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  }

  async #create(): Promise<void> {
    await this.#waitUntilGone();
    const { partitionKey, sortKey, indexes } = this.#declaration;
    const attributes = new Map(
      [{ partitionKey, sortKey }, ...Object.values(indexes ?? {})]
        .flatMap((key) => [key.partitionKey, ...(key.sortKey === undefined ? [] : [key.sortKey])])
        .map(({ name, type }) => [name, type]),
    );
    const GlobalSecondaryIndexes = Object.entries(indexes ?? {}).map(([IndexName, key]) => ({
      IndexName,
      KeySchema: keySchema(key),
      Projection: { ProjectionType: 'ALL' as const },
    }));
    const command = new CreateTableCommand({
      TableName: this.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: keySchema(this.#declaration),
      ...(GlobalSecondaryIndexes.length === 0 ? {} : { GlobalSecondaryIndexes }),
      Tags: Object.entries(this.#context.tags).map(([Key, Value]) => ({ Key, Value })),
    });
    await this.#dynamodb.send(command, this.#options);
    await this.#waitUntilReady();
  }

  async #delete(): Promise<undefined> {
    await this.#dynamodb.send(new DeleteTableCommand({ TableName: this.name }), this.#options);
    await this.#waitUntilGone();
  }

  async #waitUntilReady(): Promise<void> {
    const isReady = async (): Promise<boolean> => (await this.#describe())?.TableStatus === 'ACTIVE';
    await waitUntil(isReady, `table ${this.name} to be ready`, this.#context.backoff, this.#context.signal);
  }

  async #waitUntilGone(): Promise<void> {
    const isGone = async (): Promise<boolean> => (await this.#describe()) === undefined;
    await waitUntil(isGone, `table ${this.name} to be gone`, this.#context.backoff, this.#context.signal);
  }

  get #dynamodb(): ResourceContext['clients']['dynamodb'] {
    return this.#context.clients.dynamodb;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

function keySchema({ partitionKey, sortKey }: TableKey): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partitionKey.name, KeyType: 'HASH' },
    ...(sortKey === undefined ? [] : [{ AttributeName: sortKey.name, KeyType: 'RANGE' as const }]),
  ];
}

function keyText({ partitionKey, sortKey }: TableKey): string {
  return [partitionKey, ...(sortKey === undefined ? [] : [sortKey])]
    .map(({ name, type }) => `${name}:${type}`)
    .join(' + ');
}

/** What may not differ, as text: `key id:S + time:N, index byLabel label:S`. */
function shapeOf(declaration: TableDeclaration): string {
  const indexes = Object.entries(declaration.indexes ?? {}).map(
    ([name, key]) => `index ${name} ${keyText(key)}`,
  );
  return [`key ${keyText(declaration)}`, ...indexes.sort()].join(', ');
}

function shapeFound(table: TableDescription): string {
  const types = new Map(
    (table.AttributeDefinitions ?? []).map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  const text = (schema: TableDescription['KeySchema']): string =>
    (schema ?? []).map(({ AttributeName }) => `${AttributeName}:${types.get(AttributeName)}`).join(' + ');
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema }) => `index ${IndexName} ${text(KeySchema)}`,
  );
  return [`key ${text(table.KeySchema)}`, ...indexes.sort()].join(', ');
}
