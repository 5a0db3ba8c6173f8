import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createSts } from '../../src/services/sts/create-sts.ts';
import { serveServices } from '../support/serve-services.ts';

it('tells the one caller that there is, and refuses the rest by name', async () => {
  const cloud = await serveServices(systemClock, (environment) => [createSts(environment)]);
  onTestFinished(() => cloud.stop());
  const client = new STSClient(cloud.client);
  onTestFinished(() => client.destroy());

  const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}));
  expect({ Account, Arn, UserId }).toEqual({
    Account: '000000000000',
    Arn: 'arn:aws:iam::000000000000:user/skyground',
    UserId: 'AIDASKYGROUNDLOCALUSER',
  });
  const assume = new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::000000000000:role/x',
    RoleSessionName: 'session',
  });
  await expect(client.send(assume)).rejects.toMatchObject({ name: 'NotImplemented' });

  const stranger = new STSClient({
    ...cloud.client,
    credentials: { accessKeyId: 'test-key', secretAccessKey: 'wrong' },
  });
  onTestFinished(() => stranger.destroy());
  await expect(stranger.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
});
