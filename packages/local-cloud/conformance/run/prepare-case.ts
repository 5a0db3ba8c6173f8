import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { RecordedCase } from '../recorded-case.ts';
import type { Account } from './clients.ts';
import { BehaviourFunctions } from './functions.ts';
import { type RunValues, unknownValues, withRunValues } from './run-values.ts';

/** A case whose texts name what is there in this run, or why it cannot be had: `setup` is a hint, not a script. */
export type PreparedCase =
  | { readonly kind: 'ready'; readonly recorded: RecordedCase }
  | { readonly kind: 'not applicable'; readonly reason: string };

/** Makes the functions, buckets, objects, tables and state machines that a case uses, as far as the recording says what they are. */
export async function prepareCase(recorded: RecordedCase, account: Account): Promise<PreparedCase> {
  const values = new Map([...accountValues(account), ['<random_arn_part>', 'X'], ...startTime(recorded)]);
  for (const [placeholder, behaviour] of Object.entries(recorded.lambdas)) {
    const unknown = BehaviourFunctions.unknown(behaviour);
    if (unknown !== undefined) return { kind: 'not applicable', reason: unknown };
    values.set(placeholder, await account.functions.nameOf(behaviour));
  }
  const reason = await setUp(recorded, account, values);
  if (reason !== undefined) return { kind: 'not applicable', reason };

  const target = await otherMachine(recorded, account, values);
  const forRequests = new Map([...values, ...target]);
  const definition = caseDefinition.parse(withRunValues(recorded.definition, forRequests));
  const input = withRunValues(recorded.input, forRequests);
  const [unknown] = unknownValues(definition, input);
  if (unknown !== undefined) {
    return { kind: 'not applicable', reason: `only the recorded run knew ${unknown}` };
  }
  // ARNs of the recording may be those of either machine, so their placeholders stay.
  return {
    kind: 'ready',
    recorded: { ...recorded, definition, input, expected: expectedWith(recorded, values) },
  };
}

function accountValues({ cloud }: Account): [string, string][] {
  return [
    ['<partition>', 'aws'],
    ['<region>', cloud.region],
    ['111111111111', cloud.accountId],
  ];
}

/** A case that is only to be refused: its definition needs no more than ARNs of this account. */
export function withAccountValues(recorded: RecordedCase, account: Account): RecordedCase {
  const { region, accountId } = account.cloud;
  const activity = `arn:aws:states:${region}:${accountId}:activity:none`;
  const values = new Map([...accountValues(account), ['activity_arn', activity] as const]);
  return { ...recorded, definition: caseDefinition.parse(withRunValues(recorded.definition, values)) };
}

const caseDefinition = z.record(z.string(), z.json());

function expectedWith({ expected }: RecordedCase, values: RunValues): RecordedCase['expected'] {
  // A JSON value in, the same shape out.
  return withRunValues(z.json().parse(expected), values) as RecordedCase['expected'];
}

/** A time soon after the start, spelled as the test's parameter says: `test_wait_timestamppath[.000000Z]`. */
function startTime({ id, definition, input }: RecordedCase): [string, string][] {
  if (!unknownValues(definition, input).includes('<timestamp>')) return [];
  const [, suffix = 'Z'] = /\[([^\]]*)\]$/.exec(id) ?? [];
  const soon = new Date(Date.now() + 2_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return [['<timestamp>', `${soon}${suffix}`]];
}

const setupStep = z.union([
  z.looseObject({ fixture: z.string() }),
  z.looseObject({ client: z.string(), call: z.string(), kwargs: z.record(z.string(), z.json()).optional() }),
]);
const putObject = z.strictObject({ Bucket: z.string(), Key: z.string(), Body: z.string() });

/** Buckets, objects and tables. The reason why not, where the recording does not say enough. */
async function setUp(
  { setup, input, masks }: RecordedCase,
  account: Account,
  values: Map<string, string>,
): Promise<string | undefined> {
  for (const unparsed of setup) {
    const step = setupStep.parse(unparsed);
    if (step['fixture'] === 's3_create_bucket') {
      const mask = masks.find((name) => /^bucket[-_]name$/.test(name));
      if (mask === undefined) return 'the recording does not name the bucket';
      const bucket = account.uniqueName();
      await account.s3.send(new CreateBucketCommand({ Bucket: bucket }));
      values.set(mask, bucket);
    } else if (step['fixture'] === 'dynamodb_create_table') {
      const table = account.uniqueName();
      await createTable(account, table, input);
      values.set('<test-table>', table).set('table-name', table);
    } else if (step['client'] === 's3' && step['call'] === 'put_object') {
      const { success, data } = putObject.safeParse(step['kwargs']);
      if (!success || data.Body === '<unknown>') return 'the recording does not hold the object';
      const bucket = values.get(data.Bucket);
      if (bucket === undefined) return `the recording does not make the bucket ${data.Bucket}`;
      // As boto3 puts a text: without a type of its own.
      const body = { Body: Buffer.from(data.Body), ContentType: 'binary/octet-stream' };
      await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key: data.Key, ...body }));
    } else if (!(step['client'] === 'stepfunctions' && step['call'] === 'delete_state_machine')) {
      return `its setup cannot be repeated: ${String(step['fixture'] ?? `${step['client']} ${step['call']}`)}`;
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

const machine = z.looseObject({
  arn: z.string(),
  type: z.enum(['STANDARD', 'EXPRESS']),
  definition: z.record(z.string(), z.json()),
});

/** The machine that the case starts, under the placeholder of its name. */
async function otherMachine(
  { other_machines }: RecordedCase,
  account: Account,
  values: RunValues,
): Promise<[string, string][]> {
  const [first] = other_machines;
  if (first === undefined) return [];
  const { arn, type, definition } = machine.parse(first);
  const name = account.uniqueName();
  await account.states.send(
    new CreateStateMachineCommand({
      name,
      type,
      roleArn: account.roleArn,
      definition: JSON.stringify(withRunValues(definition, values)),
    }),
  );
  return [[arn.split(':').at(-1) ?? '', name]];
}
