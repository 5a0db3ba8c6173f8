import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { RecordedCase } from '../recorded-case.ts';
import type { Account } from './clients.ts';

/** A call that the recorded test made first, by a fixture's name or by a client's. */
const setupStep = z.looseObject({
  fixture: z.string().optional(),
  client: z.string().optional(),
  call: z.string().optional(),
  kwargs: z.record(z.string(), z.json()).optional(),
});
const putObject = z.strictObject({ Bucket: z.string(), Key: z.string(), Body: z.string() });

/** Buckets, objects and tables. The reason why not, where the recording does not say enough. */
export async function setUp(
  { setup, input, masks }: RecordedCase,
  account: Account,
  values: Map<string, string>,
): Promise<string | undefined> {
  for (const step of setup.map((unparsed) => setupStep.parse(unparsed))) {
    if (step.fixture === 's3_create_bucket') {
      const mask = masks.find((name) => /^bucket[-_]name$/.test(name));
      if (mask === undefined) return 'the recording does not name the bucket';
      const bucket = account.uniqueName();
      await account.s3.send(new CreateBucketCommand({ Bucket: bucket }));
      values.set(mask, bucket);
    } else if (step.fixture === 'dynamodb_create_table') {
      const table = account.uniqueName();
      await createTable(account, table, input);
      values.set('<test-table>', table).set('table-name', table);
    } else if (step.client === 's3' && step.call === 'put_object') {
      const { success, data } = putObject.safeParse(step.kwargs);
      if (!success || data.Body === '<unknown>') return 'the recording does not hold the object';
      const bucket = values.get(data.Bucket);
      if (bucket === undefined) return `the recording does not make the bucket ${data.Bucket}`;
      // As boto3 puts a text: without a type of its own.
      const body = { Body: Buffer.from(data.Body), ContentType: 'binary/octet-stream' };
      await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key: data.Key, ...body }));
    } else if (!(step.client === 'stepfunctions' && step.call === 'delete_state_machine')) {
      return `its setup cannot be repeated: ${step.fixture ?? `${step.client} ${step.call}`}`;
    }
  }
  if (!values.has('<test-table>')) values.set('<test-table>', 'conformance-no-table');
  return undefined;
}

/** The key's name and type as the case's own input writes them: `"Key": {"id": {"S": ...}}`. */
async function createTable(account: Account, table: string, input: unknown): Promise<void> {
  const { Key } = z.looseObject({ Key: z.record(z.string(), z.record(z.string(), z.json())) }).parse(input);
  const keys = Object.entries(Key).map(([name, value]) => ({ name, type: Object.keys(value)[0] }));
  await account.dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map(({ name }) => ({ AttributeName: name, KeyType: 'HASH' })),
      AttributeDefinitions: keys.map(({ name, type }) => ({
        AttributeName: name,
        AttributeType: type === 'N' ? 'N' : 'S',
      })),
    }),
  );
}
