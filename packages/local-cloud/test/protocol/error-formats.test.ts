import { Sha256 } from '@aws-crypto/sha256-js';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { AwsError } from '../../src/errors.ts';
import type { Operation, Service } from '../../src/server/service.ts';
import { type RunningServer, startServer } from '../../src/server/start-server.ts';
import { CREDENTIALS, REGION, refusalOf } from '../s3/s3-fixture.ts';

/** What an operation was given, to show how requests are read. */
const inputs: unknown[] = [];
const faults: unknown[] = [];
const answering =
  (output: object): Operation =>
  async (input) => {
    inputs.push(input);
    return output;
  };
const refusing =
  (error: Error): Operation =>
  async () => {
    throw error;
  };

const services: Service[] = [
  {
    id: 'lambda',
    operations: {
      Invoke: answering({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        LogResult: 'bG9n',
        Payload: Buffer.from('{"a":"ü"}'),
      }),
      GetFunction: refusing(
        new AwsError('ResourceNotFoundException', 'Function not found: f', 404, { Type: 'User' }),
      ),
      ListFunctions: refusing(new Error('a secret of the inside')),
    },
  },
  {
    id: 'logs',
    operations: {
      CreateLogGroup: refusing(
        new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists', 400),
      ),
    },
  },
  {
    id: 'iam',
    operations: {
      CreateRole: answering({
        Role: {
          RoleName: 'r',
          Path: '/',
          RoleId: 'i',
          Arn: 'a',
          CreateDate: new Date(0),
          Description: '<&>',
        },
      }),
      GetRole: refusing(new AwsError('NoSuchEntity', 'The role with name r cannot be found.', 404)),
    },
  },
];
let server: RunningServer;
let config: { endpoint: string; region: string; credentials: typeof CREDENTIALS; maxAttempts: number };

beforeAll(async () => {
  server = await startServer({
    services,
    port: 0,
    authentication: { credentials: CREDENTIALS, verify: true },
    clock: systemClock,
    onFault: (fault) => faults.push(fault),
  });
  config = { endpoint: server.endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
});
afterAll(() => server.stop());

test('restJson: labels, query, headers and blobs are read and written', async () => {
  const lambda = new LambdaClient(config);
  const FunctionName = 'arn:aws:lambda:us-east-1:123456789012:function:a-b_c';
  const output = await lambda.send(
    new InvokeCommand({ FunctionName, Qualifier: '$LATEST', InvocationType: 'Event', Payload: '{"ü":1}' }),
  );
  expect(inputs.pop()).toMatchObject({
    FunctionName,
    Qualifier: '$LATEST',
    InvocationType: 'Event',
    Payload: Buffer.from('{"ü":1}'),
  });
  expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', LogResult: 'bG9n' });
  expect(output.Payload?.transformToString()).toBe('{"a":"ü"}');
  lambda.destroy();
});

test('restJson: a refusal has x-amzn-errortype, its members and a request id', async () => {
  const lambda = new LambdaClient(config);
  const refusal = await refusalOf(lambda.send(new GetFunctionCommand({ FunctionName: 'f' })));
  expect(refusal).toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
    error: { message: 'Function not found: f', Type: 'User' },
  });
  expect(Object(refusal.error['$metadata']).requestId).toMatch(/^[0-9a-f-]{36}$/);
  const wrong = new LambdaClient({ ...config, credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' } });
  expect(await refusalOf(wrong.send(new GetFunctionCommand({ FunctionName: 'f' })))).toMatchObject({
    code: 'InvalidSignatureException',
    status: 403,
  });
  const unknown = new LambdaClient({ ...config, credentials: { ...CREDENTIALS, accessKeyId: 'nobody' } });
  expect(await refusalOf(unknown.send(new GetFunctionCommand({ FunctionName: 'f' })))).toMatchObject({
    code: 'UnrecognizedClientException',
    status: 403,
  });
});

test('a fault of ours is InternalError, told to the operator and not to the client', async () => {
  const refusal = await refusalOf(new LambdaClient(config).send(new ListFunctionsCommand({})));
  expect(refusal).toMatchObject({ code: 'InternalError', status: 500 });
  expect(JSON.stringify(refusal)).not.toContain('secret of the inside');
  expect(faults).toEqual([new Error('a secret of the inside')]);
});

test('awsJson: a refusal has __type; an operation that is missing is NotImplemented by name', async () => {
  const logs = new CloudWatchLogsClient(config);
  expect(await refusalOf(logs.send(new CreateLogGroupCommand({ logGroupName: 'g' })))).toMatchObject({
    code: 'ResourceAlreadyExistsException',
    status: 400,
    error: { message: 'The specified log group already exists' },
  });
  const { code, status, error } = await refusalOf(logs.send(new DescribeLogGroupsCommand({})));
  expect({ code, status }).toEqual({ code: 'NotImplemented', status: 501 });
  expect(error['message']).toContain('logs:DescribeLogGroups');
});

test('query: a form of lists and structures is read, XML written, errors wrapped', async () => {
  const iam = new IAMClient(config);
  const output = await iam.send(
    new CreateRoleCommand({
      RoleName: 'r',
      AssumeRolePolicyDocument: '{"a": "b&c=d"}',
      Tags: [
        { Key: 'k 1', Value: 'ü+&' },
        { Key: 'k2', Value: '' },
      ],
    }),
  );
  expect(inputs.pop()).toEqual({
    RoleName: 'r',
    AssumeRolePolicyDocument: '{"a": "b&c=d"}',
    Tags: [
      { Key: 'k 1', Value: 'ü+&' },
      { Key: 'k2', Value: '' },
    ],
  });
  expect(output.Role).toMatchObject({ RoleName: 'r', Description: '<&>', CreateDate: new Date(0) });
  expect(await refusalOf(iam.send(new GetRoleCommand({ RoleName: 'r' })))).toMatchObject({
    code: 'NoSuchEntityException',
    status: 404,
    error: { message: 'The role with name r cannot be found.' },
  });
  expect(await refusalOf(iam.send(new GetUserCommand({ UserName: 'u' })))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
  });
  const unknown = new IAMClient({ ...config, credentials: { ...CREDENTIALS, accessKeyId: 'nobody' } });
  expect(await refusalOf(unknown.send(new GetRoleCommand({ RoleName: 'r' })))).toMatchObject({
    code: 'InvalidClientTokenId',
    status: 403,
  });
});

test('a label that is no UTF-8 is refused, no fault', async () => {
  const before = faults.length;
  const answer = await fetch(`${server.endpoint}/2015-03-31/functions/%ff`);
  expect(answer.status).toBe(400);
  expect(faults).toHaveLength(before);
});

test.each(['[]', '5', '"x"', 'null', '{', '[{"logGroupName":"g"}]'])(
  'awsJson: a body of %s is no input',
  async (body) => {
    const signer = new SignatureV4({
      service: 'logs',
      region: REGION,
      credentials: CREDENTIALS,
      sha256: Sha256,
    });
    const { host, hostname, port } = new URL(server.endpoint);
    const headers = { host, 'x-amz-target': 'Logs_20140328.CreateLogGroup' };
    const request = { method: 'POST', hostname, port: Number(port), path: '/', headers, body };
    const signed = await signer.sign(new HttpRequest(request));
    const answer = await fetch(server.endpoint, { method: 'POST', headers: signed.headers, body });
    expect(await answer.json()).toMatchObject({ __type: 'SerializationException' });
  },
);

test('a path that leads to no operation is NotImplemented', async () => {
  const lambda = new LambdaClient(config);
  lambda.middlewareStack.add(
    (next) => (args) =>
      next({
        ...args,
        request: Object.assign(Object(args.request), { path: '/2015-03-31/functions/f/nowhere' }),
      }),
    {
      step: 'build',
    },
  );
  expect(await refusalOf(lambda.send(new GetFunctionCommand({ FunctionName: 'f' })))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
  });
});
