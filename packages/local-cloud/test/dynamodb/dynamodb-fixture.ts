import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../src/clock.ts';
import { createDynamoDb } from '../../src/services/dynamodb/create-dynamodb.ts';
import { serveServices } from '../support/serve-services.ts';

/** DynamoDB on a socket. */
export async function startDynamoDb() {
  const cloud = await serveServices(systemClock, (environment) => [createDynamoDb(environment)] as const);
  const client = new DynamoDBClient(cloud.client);
  return {
    client,
    cloud,
    makeTable: (TableName: string, more: Partial<CreateTableCommandInput> = {}) =>
      client.send(new CreateTableCommand({ ...tableOf(TableName, 'id'), ...more })),
    stop: async () => {
      client.destroy();
      await cloud.stop();
    },
  };
}

/** An on-demand table with a text key. */
export function tableOf(TableName: string, hashKey: string, rangeKey?: string): CreateTableCommandInput {
  const text = (AttributeName: string): AttributeDefinition => ({ AttributeName, AttributeType: 'S' });
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text(hashKey), ...(rangeKey === undefined ? [] : [text(rangeKey)])],
    KeySchema: [
      { AttributeName: hashKey, KeyType: 'HASH' },
      ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
    ],
  };
}
