import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Service } from '../../src/server/service.ts';
import { createDynamoDb } from '../../src/services/dynamodb/create-dynamodb.ts';
import { createS3 } from '../../src/services/s3/create-s3.ts';
import { startStates } from './states-fixture.ts';
import { call, INVOKE, outcome } from './task-outcome.ts';

/** A service whose operations are there and are never called. */
const noOperations = (id: string, names: readonly string[]) => (): readonly Service[] => [
  {
    id,
    operations: Object.fromEntries(names.map((name) => [name, () => expect.fail(`${name} was called.`)])),
    start: async () => {},
    stop: async () => {},
  },
];

describe('parameters that are known only when the state runs', () => {
  const runtimeCause = (field: string, input: unknown, problem: string) =>
    "An error occurred while executing the state 'Call' (entered at the event id #2). " +
    `The ${field} '${JSON.stringify(input)}' could not be used to start the Task: [${problem}]`;

  it.each([
    ['lambda:invoke', {}, "The field 'FunctionName' is required but was missing"],
    [
      'lambda:invoke',
      { FunctionName: 'f', Function: 'f' },
      "The field 'Function' is not supported by Step Functions",
    ],
    ['lambda:invoke', { FunctionName: 7 }, "The value for the field 'FunctionName' must be a STRING"],
    [
      'states:startExecution.sync:2',
      { Name: 1 },
      "The field 'StateMachineArn' is required but was missing, The value for the field 'Name' must be a STRING",
    ],
    ['aws-sdk:lambda:invoke', { functionName: 'f' }, "The field 'FunctionName' is required but was missing"],
    [
      'aws-sdk:lambda:createFunction',
      { FunctionName: 'f', Role: 'r', Code: { ZipFile: '', zip: '' } },
      "The field 'Code.zip' is not supported by Step Functions",
    ],
    [
      'aws-sdk:lambda:createFunction',
      { FunctionName: 'f', Role: 'r', Code: {}, Layers: 'l' },
      "The value for the field 'Layers' must be a LIST",
    ],
  ])('of %s and cannot be used keep the task from being scheduled: %j', async (action, input, problem) => {
    const states = await startStates({ others: noOperations('lambda', ['Invoke', 'CreateFunction']) });
    const failed = await outcome(states, call(`arn:aws:states:::${action}`), input);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(failed.cause).toContain(problem);
    expect(failed.cause).toMatch(
      /^An error occurred while executing the state 'Call' \(entered at the event id #2\)\. The Parameters /,
    );
    expect(failed.events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ExecutionFailed',
    ]);
  });

  it('say in which words the state has them', async () => {
    const states = await startStates();
    const machine = { Call: { Type: 'Task', Resource: INVOKE, Arguments: '{% $states.input %}', End: true } };
    const { executionArn = '' } = await states.run(
      await states.create(machine, {}, { QueryLanguage: 'JSONata' }),
      { a: 1 },
    );
    const problems =
      "The field 'a' is not supported by Step Functions, The field 'FunctionName' is required but was missing";
    expect((await states.describe(executionArn)).cause).toBe(runtimeCause('Arguments', { a: 1 }, problems));
  });
});

describe('DynamoDB', () => {
  async function start() {
    const states = await startStates({ others: (environment) => [createDynamoDb(environment)] });
    const dynamodb = new DynamoDBClient(states.clientConfig);
    onTestFinished(() => dynamodb.destroy());
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'table',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
    return states;
  }
  const item = { id: { S: 'id1' }, data: { S: 'HelloWorld' } };

  it('by its own integration and by aws-sdk, as recorded', async () => {
    const states = await start();
    const { output } = await outcome(
      states,
      {
        Put: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Parameters: { TableName: 'table', 'Item.$': '$.Item' },
          ResultPath: '$.put',
          Next: 'Query',
        },
        Query: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:dynamodb:query',
          ResultPath: '$.query',
          Parameters: {
            TableName: 'table',
            KeyConditionExpression: 'id = :id',
            ExpressionAttributeValues: { ':id': { S: 'id1' } },
          },
          End: true,
        },
      },
      { Item: item },
    );
    expect(output.put).toMatchObject({
      SdkHttpMetadata: {
        HttpHeaders: {
          Server: 'Server',
          Connection: 'keep-alive',
          'Content-Length': '2',
          'Content-Type': 'application/x-amz-json-1.0',
          // Of `{}`, as AWS sends it with every empty answer.
          'x-amz-crc32': '2745614147',
        },
        HttpStatusCode: 200,
      },
    });
    expect(output.query).toEqual({ Count: 1, Items: [item], ScannedCount: 1 });
  });

  it.each([
    [
      'dynamodb:putItem',
      'DynamoDB.ConditionalCheckFailedException',
      /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: \S+; Proxy: null\)$/,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      'DynamoDb.ConditionalCheckFailedException',
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: \S+\) \(SDK Attempt Count: 1\)$/,
    ],
  ])('names the errors of %s as recorded', async (action, error, cause) => {
    const states = await start();
    const Parameters = {
      TableName: 'table',
      Item: item,
      ConditionExpression: 'attribute_exists(id)',
    };
    const failed = await outcome(states, call(`arn:aws:states:::${action}`, Parameters));
    expect(failed.error).toBe(error);
    expect(failed.cause).toMatch(cause);
  });

  it.each([
    ['dynamodb:putItem', 'DynamoDB.AmazonDynamoDBException'],
    ['aws-sdk:dynamodb:putItem', 'DynamoDb.DynamoDbException'],
  ])('calls a validation error of %s by the base name', async (action, error) => {
    const states = await start();
    const Parameters = { TableName: 'table', Item: null };
    const failed = await outcome(states, call(`arn:aws:states:::${action}`, Parameters));
    expect(failed.error).toBe(error);
  });
});

describe('S3', () => {
  async function start() {
    const states = await startStates({
      others: (environment) => [
        createS3(environment, {
          events: {
            enqueue: () => {},
            wake: () => {},
            mayInvoke: () => ({ allowed: false, reason: 'This test has no functions.' }),
          },
        }),
      ],
    });
    const s3 = new S3Client(states.clientConfig);
    onTestFinished(() => s3.destroy());
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    return { states, s3 };
  }

  // ETag and checksum as recorded.
  it.each([
    [false, 'K81oMA==', '"68934a3e9455fa72420237eb05902327"'],
    [{ Dict: 'Value' }, 'hnEfWw==', '"49e31cee5aec8faf3345893addb14346"'],
    [['List', 'Data'], '1F2MPA==', '"6b23860357f6e63a0272b7f1143a663a"'],
  ])('takes the body %j as text', async (Body, ChecksumCRC32, ETag) => {
    const { states, s3 } = await start();
    const { output } = await outcome(
      states,
      call('arn:aws:states:::aws-sdk:s3:putObject', { Bucket: 'bucket', Key: 'key', Body }),
    );
    expect(output).toEqual({
      ChecksumCRC32,
      ChecksumType: 'FULL_OBJECT',
      ETag,
      ServerSideEncryption: 'AES256',
    });
    const stored = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
    expect(await stored.Body?.transformToString()).toBe(JSON.stringify(Body));
  });

  it('gives a body as text, times in ISO 8601', async () => {
    const { states } = await start();
    const { output } = await outcome(states, {
      Put: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
        Parameters: { Bucket: 'bucket', Key: 'key', Body: 'text data' },
        Next: 'Get',
      },
      Get: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
        Parameters: { Bucket: 'bucket', Key: 'key' },
        End: true,
      },
    });
    expect(output).toEqual({
      AcceptRanges: 'bytes',
      ContentLength: 9,
      ContentType: 'binary/octet-stream',
      ETag: '"332eec544317a6d340b8e77da7fe54ad"',
      LastModified: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/),
      Metadata: {},
      ServerSideEncryption: 'AES256',
      Body: 'text data',
    });
  });

  it('names a bucket that is not there as recorded', async () => {
    const { states } = await start();
    const failed = await outcome(
      states,
      call('arn:aws:states:::aws-sdk:s3:listObjects', { Bucket: 'some-nonexistent-bucket' }),
    );
    expect(failed.error).toBe('S3.NoSuchBucketException');
    expect(failed.cause).toMatch(
      /^The specified bucket does not exist \(Service: S3, Status Code: 404, Request ID: \S+, Extended Request ID: \S+\) \(SDK Attempt Count: 1\)$/,
    );
  });

  it('refuses a parameter that S3 does not have when the machine is created', async () => {
    const { states } = await start();
    await expect(
      states.create(call('arn:aws:states:::aws-sdk:s3:getObject', { bucket: 'bucket', Key: 'key' })),
    ).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining("The field 'bucket' is not supported by Step Functions"),
    });
  });
});
