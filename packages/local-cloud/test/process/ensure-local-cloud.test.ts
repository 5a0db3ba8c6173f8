import { readFileSync, statSync, writeFileSync } from 'node:fs';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetAccountSettingsCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureLocalCloud, LocalCloudError, type RunningCloud, startLocalCloud } from '../../src/index.ts';
import { lockPath, readLiveLock, writeLock } from '../../src/process/lock-file.ts';
import { processIdentity } from '../../src/process/process-identity.ts';
import { settleCpuShare } from '../../src/services/lambda/index.ts';
import { createFunction, until } from '../lambda/lambda-fixture.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;
const opened: RunningCloud[] = [];
afterEach(async () => {
  for (const cloud of opened.splice(0)) await cloud.stop();
  vi.unstubAllEnvs();
});

async function ensure(stateDir: string): Promise<RunningCloud> {
  const cloud = await ensureLocalCloud({ stateDir, signal });
  opened.push(cloud);
  return cloud;
}

/** Fails where no cloud announces itself. */
function announced(stateDir: string) {
  const lock = readLiveLock(stateDir);
  if (lock === undefined) throw new Error(`no live cloud in ${stateDir}`);
  return lock;
}

function logsClient({
  endpoint,
  region,
  credentials,
}: Pick<RunningCloud, 'endpoint' | 'region' | 'credentials'>) {
  const client = new CloudWatchLogsClient({ endpoint, region, credentials });
  onTestFinished(() => client.destroy());
  return client;
}

describe('ensureLocalCloud', () => {
  it('starts a process when none runs, attaches when one does, and stops only what it started', async () => {
    const stateDir = temporaryFolder();
    const started = await ensure(stateDir);
    const attached = await ensure(stateDir);
    expect([started.startedHere, attached.startedHere]).toEqual([true, false]);
    expect(attached.endpoint).toBe(started.endpoint);

    const { pid } = announced(stateDir);
    expect(pid).not.toBe(process.pid);
    await attached.stop();
    await logsClient(started).send(new DescribeLogGroupsCommand({}));
    await started.stop();
    expect(processIdentity(pid)).toBeUndefined();
    expect(readLiveLock(stateDir)).toBeUndefined();
    await started.stop();
  });

  it('starts it with the limits asked for, and everybody sees which they are', async () => {
    const stateDir = temporaryFolder();
    const lambda = { maximumConcurrency: 3, cpuShare: { kind: 'aws' } } as const;
    const started = await ensureLocalCloud({ stateDir, signal, lambda });
    opened.push(started);
    expect(started.cpuShare).toEqual(settleCpuShare(lambda.cpuShare));
    expect((await ensure(stateDir)).cpuShare).toEqual(started.cpuShare);
    const client = new LambdaClient(started);
    onTestFinished(() => client.destroy());
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(3);
  });

  it('ends idle environments after the time asked for: the next invoke is cold', async () => {
    const stateDir = temporaryFolder();
    const started = await ensureLocalCloud({ stateDir, signal, lambda: { idleTimeoutMs: 50 } });
    opened.push(started);
    const client = new LambdaClient(started);
    onTestFinished(() => client.destroy());
    await createFunction(client, 'export const handler = async () => process.pid;');
    const invoke = async () => {
      const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'fn' }));
      return Number(Payload?.transformToString());
    };
    const pid = await invoke();
    await until(() => expect(processIdentity(pid)).toBeUndefined());
    expect(await invoke()).not.toBe(pid);
  });

  it('attaches to a cloud inside this process', async () => {
    const stateDir = temporaryFolder();
    const inside = await startLocalCloud({ stateDir });
    onTestFinished(() => inside.stop());
    const attached = await ensure(stateDir);
    expect(attached).toMatchObject({
      endpoint: inside.endpoint,
      credentials: inside.credentials,
      startedHere: false,
    });
  });

  it('lets one of two racing starters win; both use its cloud', async () => {
    const stateDir = temporaryFolder();
    const clouds = await Promise.all([ensure(stateDir), ensure(stateDir), ensure(stateDir)]);
    expect(clouds.filter((cloud) => cloud.startedHere)).toHaveLength(1);
    expect(new Set(clouds.map((cloud) => cloud.endpoint)).size).toBe(1);
  });

  it('starts one where another is just stopping', async () => {
    const stateDir = temporaryFolder();
    const first = await ensure(stateDir);
    const stopped = first.stop();
    const second = await ensure(stateDir);
    await stopped;
    expect(second.startedHere).toBe(true);
    await logsClient(second).send(new DescribeLogGroupsCommand({}));
  });

  it.runIf(process.platform === 'linux')('gives the child no AWS variable of this process', async () => {
    vi.stubEnv('AWS_PROFILE', 'production');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'real');
    const stateDir = temporaryFolder();
    await ensure(stateDir);
    const environment = readFileSync(`/proc/${announced(stateDir).pid}/environ`, 'utf8').split('\0');
    expect(environment.filter((entry) => entry.startsWith('AWS_'))).toEqual([]);
    expect(environment.some((entry) => entry.startsWith('PATH='))).toBe(true);
  });

  it('takes over what a killed cloud left: its lock and everything it had stored', async () => {
    const stateDir = temporaryFolder();
    const killed = await ensure(stateDir);
    await logsClient(killed).send(new CreateLogGroupCommand({ logGroupName: 'kept' }));
    const before = announced(stateDir);
    process.kill(before.pid, 'SIGKILL');
    await vi.waitFor(() => expect(processIdentity(before.pid)).toBeUndefined());
    expect(JSON.parse(readFileSync(lockPath(stateDir), 'utf8'))).toEqual(before);

    const again = await ensure(stateDir);
    expect(again.startedHere).toBe(true);
    const { logGroups } = await logsClient(again).send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.map((group) => group.logGroupName)).toEqual(['kept']);
  });

  it('ends the cloud it started when its own process is killed', async () => {
    const stateDir = temporaryFolder();
    const parent = spawnCloud([stateDir], { script: `${import.meta.dirname}/fixtures/parent.ts` });
    await parent.endpoint();
    const { pid } = announced(stateDir);
    parent.child.kill('SIGKILL');
    await vi.waitFor(() => expect(processIdentity(pid)).toBeUndefined(), { timeout: 10_000 });
  });

  it('ignores a lock of a reused pid and one that is not a lock', async () => {
    const stateDir = temporaryFolder();
    const cloud = await startLocalCloud({ stateDir });
    const lock = announced(stateDir);
    await cloud.stop();
    writeFileSync(lockPath(stateDir), JSON.stringify({ ...lock, processIdentity: 'of an earlier process' }));
    expect(readLiveLock(stateDir)).toBeUndefined();
    writeFileSync(lockPath(stateDir), '{"pid":');
    expect(readLiveLock(stateDir)).toBeUndefined();
    expect((await ensure(stateDir)).startedHere).toBe(true);
  });

  it('reports a live process whose server does not answer', async () => {
    const stateDir = temporaryFolder();
    const stopped = await startLocalCloud({ stateDir });
    await stopped.stop();
    const { endpoint, region, credentials, cpuShare } = stopped;
    writeLock(stateDir, { endpoint, region, credentials, cpuShare, startedAt: new Date().toISOString() });
    const attempt = ensureLocalCloud({ stateDir, signal });
    await expect(attempt).rejects.toThrow(LocalCloudError);
    await expect(attempt).rejects.toThrow(
      new RegExp(`process ${process.pid} serves ${endpoint}.*does not answer`),
    );
  });

  it('shows what the child printed when it cannot start', async () => {
    const file = `${temporaryFolder()}/file`;
    writeFileSync(file, 'not a folder');
    const attempt = ensureLocalCloud({ stateDir: file, signal });
    await expect(attempt).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining(`the state folder ${file} cannot be opened`),
    });
  });

  it('stops starting when told to', async () => {
    const stateDir = temporaryFolder();
    const controller = new AbortController();
    const attempt = ensureLocalCloud({ stateDir, signal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(readLiveLock(stateDir)).toBeUndefined();
  });
});

describe('startLocalCloud', () => {
  it('announces itself to its owner alone, and no longer once it has stopped', async () => {
    const stateDir = temporaryFolder();
    const cloud = await startLocalCloud({ stateDir });
    expect(statSync(lockPath(stateDir)).mode & 0o777).toBe(0o600);
    expect(announced(stateDir)).toMatchObject({ pid: process.pid, endpoint: cloud.endpoint });
    await cloud.stop();
    await cloud.stop();
    expect(() => statSync(lockPath(stateDir))).toThrow(/ENOENT/);
    await expect(fetch(cloud.endpoint)).rejects.toThrow('fetch failed');
  });

  it('has a secret of its state folder, the same at every start', async () => {
    const stateDir = temporaryFolder();
    const secrets: string[] = [];
    for (const folder of [stateDir, stateDir, temporaryFolder()]) {
      const cloud = await startLocalCloud({ stateDir: folder });
      secrets.push(cloud.credentials.secretAccessKey);
      expect(announced(folder).credentials).toEqual(cloud.credentials);
      await cloud.stop();
    }
    expect(secrets[1]).toBe(secrets[0]);
    expect(secrets[2]).not.toBe(secrets[0]);
    expect(secrets[0]).toMatch(/^[\w-]{40}$/);
  });

  it('leaves nothing open when it fails half-way', async () => {
    const first = await startLocalCloud({ stateDir: temporaryFolder() });
    onTestFinished(() => first.stop());
    const stateDir = temporaryFolder();
    const port = Number(new URL(first.endpoint).port);
    await expect(startLocalCloud({ stateDir, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const second = await startLocalCloud({ stateDir });
    await second.stop();
  });
});
