import {
  AddPermissionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { FunctionStore } from '../../src/services/lambda/function-store.ts';
import { startLambda, until } from './lambda-fixture.ts';
import { zipOf } from './zip.ts';

const FunctionName = 'fn';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

const saying = (word: string) => zipOf({ 'index.mjs': `export const handler = async () => '${word}';` });

test('a published version stays what it was', async () => {
  const { create, invoke, client } = await startLambda();
  await create('export const handler = async () => process.env.MODE;', {
    Environment: { Variables: { MODE: 'first' } },
    Description: 'of the function',
  });
  const one = await client.send(new PublishVersionCommand({ FunctionName, Description: 'the first' }));
  expect(one).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, Description: 'the first' });
  await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Environment: { Variables: { MODE: 'second' } },
      Timeout: 9,
    }),
  );
  await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: await saying('new code') }));

  expect((await invoke()).payload).toBe('new code');
  expect(await invoke({}, { Qualifier: '1' })).toMatchObject({ payload: 'first', ExecutedVersion: '1' });
  expect((await invoke({}, { FunctionName: `${ARN}:1` })).payload).toBe('first');
  expect(
    await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' })),
  ).toMatchObject({
    Timeout: 3,
    CodeSha256: one.CodeSha256,
    RevisionId: one.RevisionId,
    FunctionArn: `${ARN}:1`,
  });
  const latest = await client.send(new GetFunctionCommand({ FunctionName, Qualifier: '$LATEST' }));
  expect(latest.Configuration).toMatchObject({
    Timeout: 9,
    FunctionArn: `${ARN}:$LATEST`,
    Version: '$LATEST',
  });
});

test('the handler, its log and its report see the version', async () => {
  const { create, invoke, client, logStreams } = await startLambda();
  await create(`export const handler = async (event, context) => ({ ...context,
    variable: process.env.AWS_LAMBDA_FUNCTION_VERSION, stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME });`);
  await client.send(new PublishVersionCommand({ FunctionName }));
  const { payload, tail } = await invoke({}, { Qualifier: '1' });
  expect(payload).toMatchObject({
    variable: '1',
    functionVersion: '1',
    functionName: 'fn',
    invokedFunctionArn: `${ARN}:1`,
    stream: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[1\][0-9a-f]{32}$/),
  });
  expect(tail).toContain(' Version: 1\n');
  expect((await invoke({}, { Qualifier: '$LATEST' })).payload).toMatchObject({
    functionVersion: '$LATEST',
    invokedFunctionArn: `${ARN}:$LATEST`,
  });
  expect((await logStreams()).map(({ name }) => name.replace(/[0-9a-f]{32}$/, '')).sort()).toEqual([
    expect.stringMatching(/\[\$LATEST\]$/),
    expect.stringMatching(/\[1\]$/),
  ]);
});

test('publishing what has not changed gives the last version again', async () => {
  const { create, client } = await startLambda();
  await create('export const handler = async () => {};');
  const publish = (settings = {}) => client.send(new PublishVersionCommand({ FunctionName, ...settings }));
  expect((await publish()).Version).toBe('1');
  expect((await publish({ Description: 'another' })).Version).toBe('1');
  const ZipFile = await saying('changed');
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
  expect(updated).toMatchObject({ Version: '2', FunctionArn: `${ARN}:2` });
  // The same package once more is no change.
  const again = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
  expect(again.Version).toBe('2');
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 }));
  expect((await publish()).Version).toBe('3');

  await expect(publish({ CodeSha256: 'other' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('CodeSHA256 (other) is different from current CodeSHA256 in $LATEST'),
  });
  await expect(publish({ RevisionId: updated.RevisionId })).rejects.toMatchObject({
    name: 'PreconditionFailedException',
  });
});

test('a function can be created with its first version', async () => {
  const { create, client } = await startLambda();
  expect(await create('export const handler = async () => {};', { Publish: true })).toMatchObject({
    Version: '1',
    FunctionArn: ARN,
  });
  const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map(({ FunctionArn, Version }) => [FunctionArn, Version])).toEqual([
    [`${ARN}:$LATEST`, '$LATEST'],
    [`${ARN}:1`, '1'],
  ]);
  const { Functions } = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }));
  expect(Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([`${ARN}:$LATEST`, `${ARN}:1`]);
});

test('versions are listed in pages by number, and a deleted number is not given again', async () => {
  const { create, invoke, client } = await startLambda();
  await create('export const handler = async () => {};');
  for (let memoryMb = 129; memoryMb <= 139; memoryMb += 1) {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: memoryMb }));
    await client.send(new PublishVersionCommand({ FunctionName }));
  }
  const pages: (string | undefined)[][] = [];
  let Marker: string | undefined;
  do {
    const page = await client.send(new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 5, Marker }));
    pages.push(page.Versions?.map(({ Version }) => Version) ?? []);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  expect(pages).toEqual([
    ['$LATEST', '1', '2', '3', '4'],
    ['5', '6', '7', '8', '9'],
    ['10', '11'],
  ]);

  await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '11' }));
  await client.send(new DeleteFunctionCommand({ FunctionName: `${FunctionName}:11` }));
  await expect(invoke({}, { Qualifier: '11' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${ARN}:11`,
  });
  expect((await client.send(new PublishVersionCommand({ FunctionName }))).Version).toBe('12');
  await expect(
    client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '$LATEST' })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: '$LATEST version cannot be deleted without deleting the function.',
  });
});

test('a version takes events of its own, with its own settings and policy', async () => {
  const { create, invoke, client, objects, service } = await startLambda();
  await create(
    'export const handler = async () => { throw new Error(process.env.AWS_LAMBDA_FUNCTION_VERSION); };',
  );
  await client.send(new PublishVersionCommand({ FunctionName }));
  await client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      Qualifier: '1',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::records' } },
    }),
  );
  await invoke({ id: 7 }, { Qualifier: '1', InvocationType: 'Event' });
  await until(() => expect(objects.written.size).toBe(1));
  expect(JSON.parse([...objects.written.values()][0] ?? '')).toMatchObject({
    requestContext: { functionArn: `${ARN}:1`, condition: 'RetriesExhausted', approximateInvokeCount: 1 },
    responseContext: { executedVersion: '1' },
    responsePayload: { errorMessage: '1' },
  });

  const asked = ['arn:aws:s3:::input', 's3.amazonaws.com'] as const;
  const Principal = 's3.amazonaws.com';
  const permission = { FunctionName, StatementId: 's3', Action: 'lambda:InvokeFunction', Principal };
  const { Statement } = await client.send(new AddPermissionCommand({ ...permission, Qualifier: '1' }));
  expect(JSON.parse(Statement ?? '')).toMatchObject({ Resource: `${ARN}:1` });
  expect(service.events.mayInvoke(`${ARN}:1`, ...asked)).toEqual({ allowed: true });
  expect(service.events.mayInvoke(ARN, ...asked)).toMatchObject({ allowed: false });
  await expect(client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('what only functions have is refused for a version', async () => {
  const { create, client } = await startLambda();
  await create('export const handler = async () => {};', { Publish: true });
  await expect(
    client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn:1', ReservedConcurrentExecutions: 1 })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('This operation is permitted on Lambda functions only.'),
  });
  await expect(
    client.send(new TagResourceCommand({ Resource: `${ARN}:1`, Tags: { a: 'b' } })),
  ).rejects.toMatchObject({
    message: expect.stringContaining('Tags on function aliases and versions are not supported.'),
  });
  await expect(
    client.send(new GetFunctionCommand({ FunctionName: 'fn:1', Qualifier: '2' })),
  ).rejects.toMatchObject({
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  });
});

test('a deleted function takes its versions with it, and their numbers', async () => {
  const { create, invoke, client, environment } = await startLambda();
  const code = 'export const handler = async () => "the same";';
  await create(code, { Publish: true });
  await client.send(new DeleteFunctionCommand({ FunctionName }));
  // What a restart reads.
  expect(new FunctionStore(environment.database).versions.get(FunctionName, '1')).toBeUndefined();
  await create(code);
  await expect(invoke({}, { Qualifier: '1' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await client.send(new PublishVersionCommand({ FunctionName }))).Version).toBe('2');
  expect((await invoke({}, { Qualifier: '2' })).payload).toBe('the same');
});
