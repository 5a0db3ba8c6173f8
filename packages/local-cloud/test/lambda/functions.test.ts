import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { ROLE, startLambda, until } from './lambda-fixture.ts';
import { zipOf } from './zip.ts';

const CODE = 'export const handler = async () => 1;';
const FunctionName = 'fn';

test('a created function is shown as AWS shows it', async () => {
  const { create, client } = await startLambda();
  const zip = await zipOf({ 'index.mjs': CODE });
  const created = await create(CODE, {
    Code: { ZipFile: zip },
    Tags: { project: 'skyground' },
    Environment: { Variables: { MODE: '1' } },
  });
  expect(created).toMatchObject({
    FunctionName,
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
    Runtime: 'nodejs24.x',
    Role: ROLE,
    Handler: 'index.handler',
    CodeSize: zip.byteLength,
    CodeSha256: createHash('sha256').update(zip).digest('base64'),
    Timeout: 3,
    MemorySize: 128,
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    Environment: { Variables: { MODE: '1' } },
  });
  expect(created.$metadata.httpStatusCode).toBe(201);
  expect(created.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  const { $metadata: _, ...configuration } = created;
  const byArn = await client.send(new GetFunctionCommand({ FunctionName: created.FunctionArn }));
  expect(byArn).toMatchObject({ Configuration: configuration, Tags: { project: 'skyground' } });
  const byPartialArn = new GetFunctionConfigurationCommand({ FunctionName: '000000000000:function:fn' });
  expect(await client.send(byPartialArn)).toMatchObject(configuration);
});

test.for([
  [
    { Runtime: 'python3.13' as const },
    'ValidationException',
    /Value 'python3.13' at 'runtime' failed to satisfy constraint: Member must satisfy enum value set/,
  ],
  [{ Timeout: 901 }, 'ValidationException', /Value '901' at 'timeout' .* less than or equal to 900/],
  [{ Timeout: 0 }, 'ValidationException', /Value '0' at 'timeout' .* greater than or equal to 1/],
  [{ MemorySize: 127 }, 'ValidationException', /Value '127' at 'memorySize'/],
  [
    { FunctionName: 'no spaces' },
    'ValidationException',
    /Value 'no spaces' at 'functionName' .* regular expression/,
  ],
  [{ Role: 'someone' }, 'ValidationException', /Value 'someone' at 'role'/],
  [
    { Handler: undefined },
    'ValidationException',
    /at 'handler' failed to satisfy constraint: Member must not be null/,
  ],
  [
    { Environment: { Variables: { AWS_REGION: 'x', FINE: 'y' } } },
    'InvalidParameterValueException',
    /Reserved keys used in this request: AWS_REGION$/,
  ],
  [
    { Environment: { Variables: { NUL: 'a\0b' } } },
    'ValidationException',
    /at 'environment.*regular expression/,
  ],
  [{ Handler: 'index.\0' }, 'ValidationException', /at 'handler' .* regular expression/],
  [{ LoggingConfig: { LogGroup: 'a\0b' } }, 'ValidationException', /at 'loggingConfig.* regular expression/],
  [
    { Environment: { Variables: { BIG: 'x'.repeat(4096) } } },
    'InvalidParameterValueException',
    /exceeded the 4KB limit/,
  ],
  [
    { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:queue' } },
    'InvalidParameterValueException',
    /sqs/,
  ],
  [
    { Code: { S3Bucket: 'b', S3Key: 'missing.zip' } },
    'InvalidParameterValueException',
    /S3 Error Code: NoSuchKey/,
  ],
  [{ Code: {} }, 'InvalidParameterValueException', /ZipFile, or S3Bucket with S3Key/],
  [
    { Code: { ZipFile: Buffer.from('not a zip') } },
    'InvalidParameterValueException',
    /Could not unzip uploaded file/,
  ],
  [
    { Layers: ['arn:aws:lambda:us-east-1:000000000000:layer:x:1'] },
    'NotImplemented',
    /CreateFunction \(member Layers\)/,
  ],
  [{ PublishTo: 'LATEST_PUBLISHED' }, 'NotImplemented', /CreateFunction \(member PublishTo\)/],
])('CreateFunction refuses %o', async ([settings, name, message]) => {
  const { create, client } = await startLambda();
  await expect(create(CODE, settings as object)).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message as RegExp),
  });
  expect((await client.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
});

test('a function exists once; what does not exist is not found', async () => {
  const { create, client } = await startLambda();
  await create(CODE);
  await expect(create(CODE)).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: 'Function already exist: fn',
  });
  await client.send(new DeleteFunctionCommand({ FunctionName }));
  const gone = {
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:fn',
  };
  await expect(client.send(new DeleteFunctionCommand({ FunctionName }))).rejects.toMatchObject(gone);
  await expect(client.send(new GetFunctionCommand({ FunctionName }))).rejects.toMatchObject(gone);
});

test('code from a bucket, then updated: new environments run the new code', async () => {
  const { create, invoke, client, objects } = await startLambda();
  await objects.write(
    'packages',
    'v1.zip',
    await zipOf({ 'index.mjs': 'export const handler = async () => "first";' }),
    'application/zip',
  );
  const created = await create(CODE, { Code: { S3Bucket: 'packages', S3Key: 'v1.zip' } });
  expect((await invoke()).payload).toBe('first');

  const ZipFile = await zipOf({ 'index.mjs': 'export const handler = async () => "second";' });
  const dry = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, DryRun: true }));
  expect((await invoke()).payload).toBe('first');
  const updated = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  expect(updated.CodeSha256).toBe(dry.CodeSha256);
  expect(updated.RevisionId).not.toBe(created.RevisionId);
  expect((await invoke()).payload).toBe('second');
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, RevisionId: created.RevisionId })),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
});

test('a changed configuration is used by the next invoke; the rest stays', async () => {
  const { create, invoke, client } = await startLambda();
  await create('export const handler = async () => process.env.MODE;', {
    Environment: { Variables: { MODE: 'a' } },
    Timeout: 9,
  });
  expect((await invoke()).payload).toBe('a');
  const changed = await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      MemorySize: 256,
      Environment: { Variables: { MODE: 'b' } },
    }),
  );
  expect(changed).toMatchObject({ MemorySize: 256, Timeout: 9, Handler: 'index.handler' });
  const { payload, tail } = await invoke();
  expect(payload).toBe('b');
  expect(tail).toContain('Memory Size: 256 MB');
});

test('a changed variable ends every warm environment of $LATEST, those in use as soon as they are done; a version keeps its own', async () => {
  const { create, invoke, client, environment, logStreams } = await startLambda();
  const gate = join(environment.stateDir, 'gate');
  await create(
    `import { existsSync } from 'node:fs';
    export const handler = async ({ gate }) => {
      while (gate !== undefined && !existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5));
      return process.pid; };`,
    { Publish: true, Timeout: 60 },
  );
  const published = () => invoke({}, { Qualifier: '1' });
  const { payload: kept } = await published();
  const busy = invoke({ gate });
  // Both streams exist once the environment in use has begun, so that the next invoke needs another.
  await until(async () => expect(await logStreams()).toHaveLength(2));
  const { payload: idle } = await invoke();
  await client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ROUND: '2' } } }),
  );
  writeFileSync(gate, '');
  const inUse = (await busy).payload;
  const cold = await invoke();
  expect(cold.tail).toContain('Init Duration');
  expect(new Set([idle, inUse, cold.payload]).size).toBe(3);
  const warm = await invoke();
  expect(warm.tail).not.toContain('Init Duration');
  expect(warm.payload).toBe(cold.payload);
  const ofVersion = await published();
  expect(ofVersion.tail).not.toContain('Init Duration');
  expect(ofVersion.payload).toBe(kept);
});

test('functions are listed in pages', async () => {
  const { create, client } = await startLambda();
  for (const name of ['c', 'a', 'b']) await create(CODE, { FunctionName: name });
  const first = await client.send(new ListFunctionsCommand({ MaxItems: 2 }));
  expect(first.Functions?.map((listed) => listed.FunctionName)).toEqual(['a', 'b']);
  const second = await client.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }));
  expect(second.Functions?.map((listed) => listed.FunctionName)).toEqual(['c']);
  expect(second.NextMarker).toBeUndefined();
  await expect(client.send(new ListFunctionsCommand({ Marker: '!!' }))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
});

test('what is not there says so by name', async () => {
  const { create, client } = await startLambda();
  await create(CODE);
  await expect(
    client.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('lambda:CreateAlias') });
});
