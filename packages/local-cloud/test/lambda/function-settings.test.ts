import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  ListTagsCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { startLambda } from './lambda-fixture.ts';

const CODE = 'export const handler = async () => 1;';
const FunctionName = 'fn';

test('permissions make the policy, and S3 may invoke for the bucket that it names', async () => {
  const { create, client, service } = await startLambda();
  const { FunctionArn = '' } = await create(CODE);
  const s3 = (bucket: string) =>
    service.events.mayInvoke(FunctionArn, `arn:aws:s3:::${bucket}`, 's3.amazonaws.com');
  expect(s3('in')).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('lets s3.amazonaws.com invoke'),
  });
  await expect(client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });

  const permission = {
    FunctionName,
    StatementId: 'from-s3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::in*',
    SourceAccount: '000000000000',
  };
  const { Statement = '' } = await client.send(new AddPermissionCommand(permission));
  expect(JSON.parse(Statement)).toEqual({
    Sid: 'from-s3',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: FunctionArn,
    Condition: {
      StringEquals: { 'AWS:SourceAccount': '000000000000' },
      ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::in*' },
    },
  });
  await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy = '' } = await client.send(new GetPolicyCommand({ FunctionName }));
  expect(JSON.parse(Policy)).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [JSON.parse(Statement)],
  });
  expect(s3('in-1')).toEqual({ allowed: true });
  expect(s3('other')).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('not for the source arn:aws:s3:::other'),
  });
  expect(service.events.mayInvoke(`${FunctionArn}x`, 'arn:aws:s3:::in', 's3.amazonaws.com')).toMatchObject({
    allowed: false,
  });

  await client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'from-s3' }));
  expect(s3('in-1')).toMatchObject({ allowed: false });
  await expect(
    client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'from-s3' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('the configuration of asynchronous invokes is replaced as a whole', async () => {
  const { create, client } = await startLambda();
  const { FunctionArn } = await create(CODE);
  const get = new GetFunctionEventInvokeConfigCommand({ FunctionName });
  await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const DestinationConfig = { OnFailure: { Destination: 'arn:aws:s3:::records' } };
  await client.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig }),
  );
  const shown = await client.send(get);
  expect(shown).toMatchObject({
    FunctionArn: `${FunctionArn}:$LATEST`,
    MaximumRetryAttempts: 0,
    DestinationConfig,
  });
  expect(shown.LastModified).toBeInstanceOf(Date);
  await client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 60 }));
  const replaced = await client.send(get);
  expect(replaced).toMatchObject({ MaximumEventAgeInSeconds: 60 });
  expect(replaced.MaximumRetryAttempts).toBeUndefined();

  for (const Destination of [
    'arn:aws:sns:us-east-1:000000000000:topic',
    'arn:aws:events:us-east-1:000000000000:event-bus/x',
    'nonsense',
    FunctionArn,
  ]) {
    await expect(
      client.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName,
          DestinationConfig: { OnFailure: { Destination } },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  }
  await expect(
    client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        DestinationConfig: { OnSuccess: { Destination: 'arn:aws:s3:::records' } },
      }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('on-failure'),
  });
  await client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
  await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('tags', async () => {
  const { create, client } = await startLambda();
  const { FunctionArn: Resource } = await create(CODE);
  await client.send(new TagResourceCommand({ Resource, Tags: { a: '1', b: '2' } }));
  await client.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }));
  expect((await client.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ b: '2' });
});
