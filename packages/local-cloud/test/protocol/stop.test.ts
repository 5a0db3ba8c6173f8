import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startLocalCloud } from '../../src/local-cloud.ts';
import { startServer } from '../../src/server/start-server.ts';
import { CREDENTIALS } from '../s3/s3-fixture.ts';
import { functionZip } from '../support/function-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a server has stopped once every operation that it began has ended', async () => {
  const happened: string[] = [];
  const began = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const operation = async () => {
    began.resolve();
    await gate.promise;
    happened.push('operation ended');
  };
  const server = await startServer({
    services: [{ id: 'sts', operations: { GetCallerIdentity: operation } }],
    port: 0,
    authentication: { credentials: CREDENTIALS, verify: false },
    clock: systemClock,
  });
  const answer = fetch(`${server.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`, { method: 'POST' });
  const failed = expect(answer).rejects.toThrow('fetch failed');
  await began.promise;
  const stopped = server.stop().then(() => happened.push('server stopped'));
  await failed;
  await refusesConnections(server.port);
  gate.resolve();
  await stopped;
  expect(happened).toEqual(['operation ended', 'server stopped']);
});

/** The port is free, so that stop() has got as far as it can. */
async function refusesConnections(port: number): Promise<void> {
  await vi.waitFor(async () => {
    const socket = createConnection(port, '127.0.0.1');
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
}

test('a cloud that is stopped while it is written to reports no fault and keeps what it acknowledged', async () => {
  const stateDir = temporaryFolder();
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const acknowledged: string[] = [];
  for (const round of [1, 2, 3]) {
    const cloud = await startLocalCloud({ stateDir });
    const s3 = clientOf(cloud);
    await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
    const enough = Promise.withResolvers<void>();
    const write = async (writer: number) => {
      for (let index = 0; ; index++) {
        const Key = `${round}/${writer}/${index}`;
        await s3.send(new PutObjectCommand({ Bucket: 'kept', Key, Body: Key.repeat(1000) }));
        acknowledged.push(Key);
        if (index === 5) enough.resolve();
      }
    };
    const writers = Promise.allSettled(Array.from({ length: 8 }, (_, writer) => write(writer)));
    await enough.promise;
    await cloud.stop();
    await writers;
    s3.destroy();
  }
  const reported = stderr.mock.calls.map(([text]) => text);
  stderr.mockRestore();
  expect(reported).toEqual([]);

  const cloud = await startLocalCloud({ stateDir });
  const s3 = clientOf(cloud);
  for (const Key of acknowledged) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key }));
    expect(await Body?.transformToString()).toBe(Key.repeat(1000));
  }
  s3.destroy();
  await cloud.stop();
});

test('a cloud that is stopped does not wait for an invocation that goes on', async () => {
  const witness = `${temporaryFolder()}/began`;
  const cloud = await startLocalCloud({ stateDir: temporaryFolder() });
  const lambda = new LambdaClient({ ...cloud, maxAttempts: 1 });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'endless',
      Role: 'arn:aws:iam::000000000000:role/test',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      Code: {
        ZipFile: await functionZip(`import { writeFileSync } from 'node:fs';
          export const handler = () => { writeFileSync(${JSON.stringify(witness)}, ''); return new Promise((done) => setTimeout(done, 9e5)); };`),
      },
    }),
  );
  const invoked = expect(lambda.send(new InvokeCommand({ FunctionName: 'endless' }))).rejects.toThrow();
  await vi.waitFor(() => expect(existsSync(witness)).toBe(true), { timeout: 10_000 });
  await cloud.stop();
  await invoked;
  lambda.destroy();
});

function clientOf({ endpoint, region, credentials }: Awaited<ReturnType<typeof startLocalCloud>>): S3Client {
  return new S3Client({ endpoint, region, credentials, maxAttempts: 1 });
}
