import { loadServiceModel, type ServiceModel } from '../../protocol/service-model.ts';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { Service } from '../../server/service.ts';
import { checkWrites, withProjections } from './batches.ts';
import type { ActionName, Wire } from './dynalite.ts';
import { runAction } from './run-action.ts';
import { type Inputs, supportedOnly } from './supported-members.ts';
import { openTableStore, type TableStore } from './table-store.ts';
import { checkTags, tableTags } from './table-tags.ts';
import { fromWire, toWireObject } from './wire-values.ts';

interface Opened extends TableStore {
  readonly model: ServiceModel;
}

/** DynamoDB: tables by dynalite, in this process, behind the members that it does something about. */
export function createDynamoDb(environment: CloudEnvironment): Service {
  const tags = tableTags(environment);
  let opened: Opened | undefined;

  async function act(name: ActionName, input: object): Promise<object> {
    if (opened === undefined) throw new Error('DynamoDB takes requests between its start and its stop.');
    const wire = namedTable(toWireObject(input));
    const answer = await runAction(opened.store, name, wire);
    const schema = opened.model.operations.get(name)?.outputSchema;
    if (schema === undefined) throw new Error(`The SDK has no operation ${name}.`);
    const whole = name === 'BatchGetItem' ? withProjections(wire, answer) : answer;
    return Object(fromWire(schema, whole));
  }

  /** A table is named by itself or by its ARN. */
  function namedTable(input: Wire): Wire {
    const { TableName } = input;
    return typeof TableName === 'string' && TableName.startsWith('arn:')
      ? { ...input, TableName: tags.tableOf(TableName) }
      : input;
  }

  /** Throws for a table that is not there. */
  async function existing(arn: string | undefined): Promise<string> {
    const TableName = tags.tableOf(arn);
    await act('DescribeTable', { TableName });
    return TableName;
  }

  const by =
    (name: ActionName) =>
    (input: object): Promise<object> =>
      act(name, input);

  const operations: { readonly [Name in keyof Inputs]: (input: Inputs[Name]) => Promise<object> } = {
    DescribeTable: by('DescribeTable'),
    DescribeTimeToLive: by('DescribeTimeToLive'),
    ListTables: by('ListTables'),
    UpdateTable: by('UpdateTable'),
    GetItem: by('GetItem'),
    PutItem: by('PutItem'),
    UpdateItem: by('UpdateItem'),
    DeleteItem: by('DeleteItem'),
    Query: by('Query'),
    Scan: by('Scan'),
    BatchGetItem: by('BatchGetItem'),
    BatchWriteItem: async (input) => {
      checkWrites(input);
      return act('BatchWriteItem', input);
    },
    CreateTable: async ({ Tags = [], ...input }) => {
      checkTags(Tags);
      const output = await act('CreateTable', input);
      // A killed cloud may have left those of a table of this name.
      tags.clear(input.TableName ?? '');
      tags.add(input.TableName ?? '', Tags);
      return output;
    },
    DeleteTable: async (input) => {
      const output = await act('DeleteTable', input);
      tags.clear(String(namedTable(toWireObject(input))['TableName']));
      return output;
    },
    TagResource: async ({ ResourceArn, Tags = [] }) => {
      checkTags(Tags);
      tags.add(await existing(ResourceArn), Tags);
      return {};
    },
    UntagResource: async ({ ResourceArn, TagKeys = [] }) => {
      tags.remove(await existing(ResourceArn), TagKeys);
      return {};
    },
    ListTagsOfResource: async ({ ResourceArn }) => ({ Tags: tags.list(await existing(ResourceArn)) }),
  };

  return {
    id: 'dynamodb',
    operations: supportedOnly(operations),
    start: async () => {
      const [model, tables] = await Promise.all([loadServiceModel('dynamodb'), openTableStore(environment)]);
      opened = { ...tables, model };
    },
    stop: async () => {
      await opened?.close();
    },
  };
}
