import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AwsError } from '../../src/errors.ts';
import type { FunctionAnswer } from '../../src/server/ports.ts';
import type { Service } from '../../src/server/service.ts';
import { createDynamoDb } from '../../src/services/dynamodb/create-dynamodb.ts';
import { createS3 } from '../../src/services/s3/create-s3.ts';
import {
  executionArn,
  functionArn,
  functions,
  machineArn,
  type States,
  startStates,
  until,
} from './states-fixture.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const answer = (payload: string, isFunctionError = false): FunctionAnswer => ({
  payload,
  isFunctionError,
  executedVersion: '$LATEST',
  requestId: '11111111-2222-4333-8444-555555555555',
});
const call = (Resource: string, Parameters?: object) => ({
  Call: { Type: 'Task', Resource, ...(Parameters && { Parameters }), End: true },
});

/** A service whose operations are there and are never called. */
const noOperations = (id: string, names: readonly string[]) => (): readonly Service[] => [
  {
    id,
    operations: Object.fromEntries(names.map((name) => [name, () => expect.fail(`${name} was called.`)])),
    start: async () => {},
    stop: async () => {},
  },
];

/** What the execution ended with, and the last Task event before. */
async function outcome(states: States, machine: Record<string, unknown>, input: unknown = {}) {
  const {
    executionArn = '',
    output,
    status,
    error,
    cause,
  } = await states.run(await states.create(machine), input);
  return {
    status,
    error,
    cause,
    output: output === undefined ? undefined : JSON.parse(output),
    events: await states.history(executionArn),
  };
}

describe('a function', () => {
  it('by its ARN takes the input as its event, and its answer is the output', async () => {
    const asked: string[] = [];
    const states = await startStates({
      functions: functions(async (name, payload) => {
        asked.push(name, payload);
        return answer('{"seen":true}');
      }),
    });
    const { output, events } = await outcome(states, call(functionArn('f')), { a: [1, 'ö'] });
    expect(asked).toEqual([functionArn('f'), '{"a":[1,"ö"]}']);
    expect(output).toEqual({ seen: true });
    expect(events.map(({ type }) => type).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  it('by lambda:invoke answers as recorded', async () => {
    const states = await startStates({ functions: functions(async () => answer('{"a": 1}')) });
    const { output } = await outcome(states, call(INVOKE, { FunctionName: 'f', 'Payload.$': '$' }));
    const headers = {
      'X-Amz-Executed-Version': '$LATEST',
      'x-amzn-Remapped-Content-Length': '0',
      Connection: 'keep-alive',
      'x-amzn-RequestId': answer('').requestId,
      'Content-Length': '8',
      Date: expect.stringMatching(/ GMT$/),
      'X-Amzn-Trace-Id': expect.any(String),
      'Content-Type': 'application/json',
    };
    const lists = Object.entries(headers).map(([name, value]) => [name, [value]]);
    expect(output).toEqual({
      ExecutedVersion: '$LATEST',
      Payload: { a: 1 },
      SdkHttpMetadata: {
        AllHttpHeaders: Object.fromEntries(lists),
        HttpHeaders: headers,
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: answer('').requestId },
      StatusCode: 200,
    });
  });

  it.each([
    ['an object', { a: 1 }, '{"a":1}'],
    ['nothing', null, '{}'],
    ['JSON in a string', '0.0', '0.0'],
    ['other text', 'plain', '"plain"'],
  ])('by lambda:invoke with %s as the Payload', async (_what, Payload, expected) => {
    let event: string | undefined;
    const states = await startStates({
      functions: functions(async (_name, payload) => {
        event = payload;
        return answer('null');
      }),
    });
    await outcome(states, call(INVOKE, { FunctionName: 'f', Payload }));
    expect(event).toBe(expected);
  });

  // As recorded: the raw ARN hands on the text, lambda:invoke writes it again.
  it.each([
    ['by its ARN', call(functionArn('f')), '{"errorType": "Sad", "errorMessage": "x"}'],
    ['by lambda:invoke', call(INVOKE, { FunctionName: 'f' }), '{"errorType":"Sad","errorMessage":"x"}'],
  ])('%s that fails is a failure of its own type', async (_what, machine, cause) => {
    const states = await startStates({
      functions: functions(async () => answer('{"errorType": "Sad", "errorMessage": "x"}', true)),
    });
    expect(await outcome(states, machine)).toMatchObject({ status: 'FAILED', error: 'Sad', cause });
  });

  it('that fails without a type is unknown', async () => {
    const payload = '{"errorMessage":"gone"}';
    const states = await startStates({ functions: functions(async () => answer(payload, true)) });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      error: 'Lambda.Unknown',
      cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
    });
  });

  it('by lambda:invoke is asked as InvocationType, LogType and ClientContext say', async () => {
    const asked: unknown[] = [];
    const lambda = {
      id: 'lambda',
      operations: {
        Invoke: async (input: { readonly InvocationType?: string }) => {
          asked.push(input);
          return input.InvocationType === 'Event'
            ? { StatusCode: 202, Payload: new Uint8Array() }
            : { StatusCode: 200, ExecutedVersion: '1', LogResult: 'bG9n', Payload: Buffer.from('{"a":1}') };
        },
      },
    };
    const states = await startStates({ others: () => [lambda] });
    const parameters = {
      FunctionName: 'f',
      Qualifier: '1',
      LogType: 'Tail',
      ClientContext: 'e30=',
      Payload: { a: 1 },
    };
    const { output } = await outcome(states, call(INVOKE, parameters));
    expect(asked).toEqual([{ ...parameters, Payload: Buffer.from('{"a":1}') }]);
    expect(output).toMatchObject({
      ExecutedVersion: '1',
      LogResult: 'bG9n',
      Payload: { a: 1 },
      StatusCode: 200,
    });

    const machine = await states.create(call(INVOKE, { FunctionName: 'f', InvocationType: 'Event' }), {
      name: 'event',
    });
    const accepted = JSON.parse((await states.run(machine)).output ?? '');
    expect(accepted).toMatchObject({
      Payload: '',
      SdkHttpMetadata: { HttpStatusCode: 202 },
      StatusCode: 202,
    });
    expect(accepted).not.toHaveProperty('ExecutedVersion');
    expect(accepted.SdkHttpMetadata.HttpHeaders).not.toHaveProperty('X-Amz-Executed-Version');
  });

  it.each([
    ['ResourceNotFoundException', 404, `Function not found: ${functionArn('f')}:$LATEST`],
    ['TooManyRequestsException', 429, 'Rate Exceeded.'],
  ])('that Lambda refuses with %s', async (code, httpStatus, message) => {
    const states = await startStates({
      functions: functions(async () => {
        throw new AwsError(code, message, httpStatus);
      }),
    });
    const failed = await outcome(states, call(INVOKE, { FunctionName: 'f' }));
    expect(failed.error).toBe(`Lambda.${code}`);
    expect(failed.cause).toMatch(
      new RegExp(
        `^${message.replaceAll(/[$.]/g, '\\$&')} \\(Service: AWSLambda; Status Code: ${httpStatus}; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
      ),
    );
  });

  it('that Lambda refuses with an error that its model does not name', async () => {
    const states = await startStates({
      functions: functions(async () => {
        throw new AwsError('ValidationException', '1 validation error detected', 400);
      }),
    });
    const failed = await outcome(states, call(INVOKE, { FunctionName: 'f' }));
    expect(failed.error).toBe('Lambda.AWSLambdaException');
  });

  it('that answers too much exceeds the limit', async () => {
    const states = await startStates({
      functions: functions(async () => answer(JSON.stringify('x'.repeat(256 * 1024)))),
    });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('is not what an execution fails with when the cloud itself is at fault', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => stderr.mockRestore());
    const states = await startStates({
      functions: functions(async () => {
        throw new TypeError('a bug');
      }),
    });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      status: 'FAILED',
      error: 'Skyground.InternalError',
      cause: 'The embedded cloud itself failed: a bug',
    });
    expect(stderr).toHaveBeenCalledWith(expect.stringContaining('TypeError: a bug'));
  });
});

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

describe('another machine', () => {
  const start = (pattern: string, more: object = {}) =>
    call(`arn:aws:states:::states:startExecution${pattern}`, {
      StateMachineArn: machineArn('child'),
      Name: 'started',
      'Input.$': '$',
      ...more,
    });
  const child = executionArn('child', 'started');

  async function startWith(childStates: Record<string, unknown>) {
    const states = await startStates();
    await states.create(childStates, { name: 'child' });
    return states;
  }
  const quick = { Only: { Type: 'Pass', Result: { Arg1: 'argument1' }, End: true } };

  it('is started and not waited for', async () => {
    const states = await startWith({ Long: { Type: 'Wait', Seconds: 3600, End: true } });
    const { output } = await outcome(states, start(''), { a: 1 });
    expect(output).toMatchObject({
      ExecutionArn: child,
      StartDate: expect.any(Number),
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(await states.describe(child)).toMatchObject({ status: 'RUNNING', input: '{"a":1}' });
  });

  it.each([
    ['.sync', '{"a":1}', '{"Arg1":"argument1"}'],
    ['.sync:2', { a: 1 }, { Arg1: 'argument1' }],
  ])('%s is waited for', async (pattern, Input, Output) => {
    const states = await startWith(quick);
    const { output, events } = await outcome(states, start(pattern), { a: 1 });
    expect(output).toEqual({
      ExecutionArn: child,
      Input,
      InputDetails: { Included: true },
      Name: 'started',
      Output,
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: expect.any(Number),
      StateMachineArn: machineArn('child'),
      Status: 'SUCCEEDED',
      StopDate: expect.any(Number),
    });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('that fails fails the task with what DescribeExecution says', async () => {
    const states = await startWith({ Bad: { Type: 'Fail', Error: 'Sad', Cause: 'on purpose' } });
    const failed = await outcome(states, start('.sync:2'));
    expect(failed.error).toBe('States.TaskFailed');
    expect(JSON.parse(failed.cause ?? '')).toMatchObject({
      Error: 'Sad',
      Cause: 'on purpose',
      ExecutionArn: child,
      Input: '{}',
      RedriveStatus: 'REDRIVABLE',
      Status: 'FAILED',
    });
  });

  it('that is not there is named as recorded', async () => {
    const states = await startStates();
    const failed = await outcome(states, start(''));
    expect(failed.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(failed.cause).toMatch(
      /^State Machine Does Not Exist: '\S+:child' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: \S+; Proxy: null\)$/,
    );
  });

  it('ends with the execution that waits for it', async () => {
    const states = await startWith({ Long: { Type: 'Wait', Seconds: 3600, End: true } });
    const parent = await states.start(await states.create(start('.sync')));
    await until(async () => expect(await states.types(parent)).toContain('TaskSubmitted'));
    await states.client.send(new StopExecutionCommand({ executionArn: parent }));
    expect(await states.ended(child)).toMatchObject({ status: 'ABORTED' });
  });

  it('by aws-sdk, with JSON as its input, as recorded', async () => {
    const states = await startWith(quick);
    const { output } = await outcome(
      states,
      call('arn:aws:states:::aws-sdk:sfn:startExecution', {
        StateMachineArn: machineArn('child'),
        Name: 'started',
        Input: { key: 'value' },
      }),
    );
    expect(output).toEqual({
      ExecutionArn: child,
      StartDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    });
    expect(await states.ended(child)).toMatchObject({ input: '{"key":"value"}' });
  });
});
