import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { functionZip } from '../support/function-zip.ts';
import { makeFiles, readFolder } from './files.ts';
import { clientRunner, type InstalledClient, installed } from './installed.ts';

/**
 * Clients that share no code with the SDK whose schemas the cloud is built on, where this machine has them. Two generations of
 * botocore matter: since 1.36 it sends checksum trailers by default. docs/fidelity.md lists the versions that were seen.
 */
const MULTIPART_BYTES = 12 * 1024 * 1024;
const TEST_TIMEOUT_MS = 120_000;

const [awsClis, s3cmds, rclones, pythons] = await Promise.all([
  installed('aws', ['--version'], /aws-cli\/\S+/),
  installed('s3cmd', ['--version'], /s3cmd version \S+/),
  installed('rclone', ['version'], /rclone v\S+/),
  installed('python3', ['-c', "import boto3; print('boto3 ' + boto3.__version__)"], /boto3 \S+/),
]);

const folder = mkdtempSync(join(tmpdir(), 'skyground-clients-'));
const source = join(folder, 'source');
const largeFile = join(folder, 'large.bin');
const large = randomBytes(MULTIPART_BYTES);
let cloud: LocalCloud;
let run: ReturnType<typeof clientRunner>;

beforeAll(async () => {
  makeFiles(source, 500);
  writeFileSync(largeFile, large);
  cloud = await startLocalCloud({ stateDir: join(folder, 'state') });
  run = clientRunner(cloud, folder);
  await makeFunction(cloud);
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the clients find: a role, and a function that logs and greets. */
async function makeFunction({ endpoint, region, credentials }: LocalCloud): Promise<void> {
  const config = { endpoint, region, credentials };
  const iam = new IAMClient(config);
  const lambda = new LambdaClient(config);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'greeter', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'greeter',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: Role?.Arn,
      Code: {
        ZipFile: await functionZip(
          "export const handler = async ({ name }) => { console.log('greeting ' + name); return 'hello ' + name; };",
        ),
      },
    }),
  );
  iam.destroy();
  lambda.destroy();
}

async function makeBucket(name: string): Promise<string> {
  const s3 = new S3Client({ endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials });
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  s3.destroy();
  return name;
}

/** Bucket names cannot have the dots and blanks of versions. */
function bucketFor({ version }: InstalledClient): string {
  return `client-${version.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

function describeClients(
  name: string,
  clients: readonly InstalledClient[],
  define: (client: InstalledClient) => void,
): void {
  if (clients.length === 0) {
    it(name, ({ skip }) => skip(`skipped: no working ${name} on this machine`));
    return;
  }
  for (const client of clients) describe(client.version, () => define(client));
}

describeClients('AWS CLI', awsClis, (client) => {
  const aws = (...args: string[]) =>
    run(client, ['--endpoint-url', cloud.endpoint, '--output', 'json', ...args], { AWS_PAGER: '' });

  it('s3 cp, up and down, in parts', { timeout: TEST_TIMEOUT_MS }, async () => {
    const bucket = await makeBucket(`${bucketFor(client)}-cp`);
    const copy = join(folder, `${bucket}.bin`);
    await aws('s3', 'cp', '--no-progress', largeFile, `s3://${bucket}/ü/large file.bin`);
    await aws('s3', 'cp', '--no-progress', `s3://${bucket}/ü/large file.bin`, copy);
    expect(readFileSync(copy).equals(large)).toBe(true);
  });

  it('s3 sync of 500 files, there and back, and nothing the second time', {
    timeout: TEST_TIMEOUT_MS,
  }, async () => {
    const bucket = await makeBucket(`${bucketFor(client)}-sync`);
    const back = join(folder, bucket);
    const uploaded = await aws('s3', 'sync', '--no-progress', source, `s3://${bucket}/in`);
    expect(uploaded.match(/^upload: /gm)).toHaveLength(500);
    expect(await aws('s3', 'sync', '--no-progress', source, `s3://${bucket}/in`)).toBe('');
    await aws('s3', 'sync', '--no-progress', `s3://${bucket}/in`, back);
    expect(readFolder(back)).toEqual(readFolder(source));
  });

  it('lambda invoke, then its lines by logs filter-log-events', { timeout: TEST_TIMEOUT_MS }, async () => {
    const output = join(folder, `${bucketFor(client)}.json`);
    const payload = Buffer.from('{"name":"ground"}').toString('base64');
    // The first major version takes the payload as it is.
    const payloadArgs = client.version.startsWith('aws-cli/1.') ? ['{"name":"ground"}'] : [payload];
    const invoked = JSON.parse(
      await aws('lambda', 'invoke', '--function-name', 'greeter', '--payload', ...payloadArgs, output),
    );
    expect(invoked).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(JSON.parse(readFileSync(output, 'utf8'))).toBe('hello ground');

    const group = ['--log-group-name', '/aws/lambda/greeter'];
    const { events } = JSON.parse(
      await aws('logs', 'filter-log-events', ...group, '--filter-pattern', '"greeting ground"'),
    );
    expect(events[0].message).toContain('greeting ground');
    const report = JSON.parse(await aws('logs', 'filter-log-events', ...group, '--filter-pattern', 'REPORT'));
    expect(report.events[0].message).toMatch(/^REPORT RequestId: \S+\tDuration: [\d.]+ ms\t/);
  });

  it('iam get-role and sts get-caller-identity', { timeout: TEST_TIMEOUT_MS }, async () => {
    const { Role } = JSON.parse(await aws('iam', 'get-role', '--role-name', 'greeter'));
    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::000000000000:role/greeter',
      AssumeRolePolicyDocument: { Version: '2012-10-17' },
    });
    const identity = JSON.parse(await aws('sts', 'get-caller-identity'));
    expect(identity.Account).toBe('000000000000');
  });
});

describeClients('s3cmd', s3cmds, (client) => {
  it('put in parts, list, get', { timeout: TEST_TIMEOUT_MS }, async () => {
    const bucket = await makeBucket(bucketFor(client));
    const { host } = new URL(cloud.endpoint);
    const s3cmd = (...args: string[]) =>
      run(client, [
        `--access_key=${cloud.credentials.accessKeyId}`,
        `--secret_key=${cloud.credentials.secretAccessKey}`,
        `--host=${host}`,
        `--host-bucket=${host}`,
        '--no-ssl',
        '--no-progress',
        '--multipart-chunk-size-mb=5',
        ...args,
      ]);
    const copy = join(folder, 's3cmd.bin');
    await s3cmd('put', largeFile, `s3://${bucket}/large file+.bin`);
    expect(await s3cmd('ls', `s3://${bucket}/`)).toContain(
      `${MULTIPART_BYTES}  s3://${bucket}/large file+.bin`,
    );
    await s3cmd('get', `s3://${bucket}/large file+.bin`, copy);
    expect(readFileSync(copy).equals(large)).toBe(true);
  });
});

describeClients('rclone', rclones, (client) => {
  it('copies a folder and checks it against the source', { timeout: TEST_TIMEOUT_MS }, async () => {
    const bucket = await makeBucket(bucketFor(client));
    const small = join(folder, 'small');
    mkdirSync(small);
    makeFiles(small, 40);
    const rclone = (...args: string[]) =>
      run(client, args, {
        RCLONE_CONFIG_SKY_TYPE: 's3',
        RCLONE_CONFIG_SKY_PROVIDER: 'Other',
        RCLONE_CONFIG_SKY_ENDPOINT: cloud.endpoint,
        RCLONE_CONFIG_SKY_ENV_AUTH: 'true',
        RCLONE_CONFIG_SKY_REGION: cloud.region,
      });
    await rclone('copy', small, `sky:${bucket}/in`);
    await rclone('check', '--download', small, `sky:${bucket}/in`);
    await rclone('check', small, `sky:${bucket}/in`);
    writeFileSync(join(small, 'a', 'with space.txt'), 'changed since');
    await expect(rclone('check', small, `sky:${bucket}/in`)).rejects.toThrow(/1 differences found/);
  });
});

describeClients('boto3', pythons, (client) => {
  it('holds a conversation with every service', { timeout: TEST_TIMEOUT_MS }, async () => {
    const script = join(import.meta.dirname, 'boto3_conversation.py');
    const output = await run(client, [script, cloud.endpoint, bucketFor(client), largeFile]);
    expect(JSON.parse(output)).toEqual({
      account: '000000000000',
      listed: 3,
      downloaded_equal: true,
      presigned: 'one',
      missing_key: '404',
      greeting: 'hello boto',
      role_policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      },
      conflict: 'DeleteConflict',
      log_messages: ['greeting boto'],
      log_pages: ['1', '2', '3'],
    });
  });
});
