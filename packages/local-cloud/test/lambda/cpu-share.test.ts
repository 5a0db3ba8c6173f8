import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  LambdaClient,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { BENCH_CREDENTIALS } from '../../bench/fixtures/credentials.ts';
import { LOCAL_REGION } from '../../src/credentials.ts';
import { findCgroupParent, writeQuota } from '../../src/services/lambda/environments/cpu/cgroup-parent.ts';
import { settleCpuShare } from '../../src/services/lambda/environments/cpu/cpu-share-setting.ts';
import { shareOfMemory } from '../../src/services/lambda/environments/cpu/share-of-memory.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createFunction, startLambda, until } from './lambda-fixture.ts';

const CLOUD = resolve(import.meta.dirname, '../../bench/fixtures/lambda-cloud.ts');
const cgroupParent = findCgroupParent();
const MEANS =
  cgroupParent === undefined ? (['stop-continue'] as const) : (['cgroup', 'stop-continue'] as const);
if (cgroupParent === undefined) console.log('skipped: no control group with a CPU quota can be made here');

const MEMORY_MB = 512;
/** 0.289 of a core, in microseconds of every 20 ms. */
const QUOTA_US = '5789';

/**
 * What a process knows of its own limit, without a look at any time: by control group the kernel's quota, else that it was
 * continued, which only one that was stopped is. Packed with the handler as limit.mjs.
 */
const LIMIT = {
  cgroup: `import { readFileSync } from 'node:fs'; import { basename, join } from 'node:path';
    const own = () => readFileSync('/proc/self/cgroup', 'utf8').split('\\n').map((line) => basename(line)).find((name) => name.startsWith('skyground-'));
    const quota = () => readFileSync(join(process.env.PARENT, own(), process.env.QUOTA_FILE), 'utf8').split(/\\s/)[0];
    // A process is put into its group the moment after it was started.
    while (own() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    export const isLimited = async () => quota() === '${QUOTA_US}';
    export const untilLimited = isLimited;`,
  'stop-continue': `let continued = 0;
    process.on('SIGCONT', () => { continued += 1; });
    const burn = (cpuMs) => { const before = process.cpuUsage(); for (;;) { const { user } = process.cpuUsage(before); if (user > cpuMs * 1000) return; } };
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    export const isLimited = async () => { burn(50); await turn(); return continued > 0; };
    // The first may be that of the freeze between invocations.
    export const untilLimited = async () => { for (const from = continued; continued < from + 3; ) { burn(1); await turn(); } return true; };`,
};

/** A function whose handler and init have `isLimited` and `untilLimited`. */
function limitedFunction(means: keyof typeof LIMIT, code: string) {
  const { folder, version } = cgroupParent ?? { folder: '', version: 2 };
  return [
    {
      'limit.mjs': LIMIT[means],
      'index.mjs': `import { isLimited, untilLimited } from './limit.mjs'; ${code}`,
    },
    {
      MemorySize: MEMORY_MB,
      Timeout: 60,
      Environment: {
        Variables: { PARENT: folder, QUOTA_FILE: version === 1 ? 'cpu.cfs_quota_us' : 'cpu.max' },
      },
    },
  ] as const;
}

/** What the names of the control groups of a state folder's clouds begin with. */
function prefixOf(stateDir: string): string {
  const state = createHash('sha256').update(join(stateDir, 'lambda')).digest('hex').slice(0, 16);
  return `skyground-${state}-`;
}

function groupsOf(stateDir: string): string[] {
  if (cgroupParent === undefined) return [];
  return readdirSync(cgroupParent.folder).filter((name) => name.startsWith(prefixOf(stateDir)));
}

function processState(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').match(/\) (\S)/)?.[1];
  } catch {
    return undefined;
  }
}

test('memory gives processor time as on AWS', () => {
  expect(shareOfMemory(128)).toBeCloseTo(0.0724, 4);
  expect(shareOfMemory(1024)).toBeCloseTo(0.5789, 4);
  expect(shareOfMemory(1769)).toBeUndefined();
  expect(settleCpuShare({ kind: 'off' })).toEqual({ kind: 'off' });
});

test.for(MEANS)('by %s an invocation is limited with what it starts, init is not', async (means) => {
  const { create, invoke } = await startLambda({ cpuShare: { kind: 'aws', means } });
  await create(
    ...limitedFunction(
      means,
      `import { spawnSync } from 'node:child_process';
       const init = await isLimited();
       const code = "import('./limit.mjs').then(async ({ untilLimited }) => console.log(await untilLimited()))";
       export const handler = async () => ({
         init,
         invocation: await untilLimited(),
         child: spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' }).stdout,
         pid: process.pid });`,
    ),
  );
  const { payload } = await invoke();
  expect(payload).toMatchObject({ init: false, invocation: true, child: 'true\n' });
  // Frozen between invocations, and limited in the next as well.
  await until(() => expect(processState(payload.pid)).toBe('T'));
  expect((await invoke()).payload).toEqual(payload);
});

test.for(MEANS)('by %s an init ahead of the first invocation is limited', async (means) => {
  const started = await startLambda({ cpuShare: { kind: 'aws', means } });
  const [files, settings] = limitedFunction(
    means,
    'const init = await untilLimited(); export const handler = async () => [init, await untilLimited()];',
  );
  await started.create(files, { ...settings, Publish: true });
  const version = { FunctionName: 'fn', Qualifier: '1' };
  await started.client.send(
    new PutProvisionedConcurrencyConfigCommand({ ...version, ProvisionedConcurrentExecutions: 1 }),
  );
  const get = new GetProvisionedConcurrencyConfigCommand(version);
  await until(async () => expect(await started.client.send(get)).toMatchObject({ Status: 'READY' }));
  expect((await started.invoke({}, version)).payload).toEqual([true, true]);
});

test.for(MEANS)('by %s a time limit ends what it stops; a restart is limited again', async (means) => {
  const clock = new ManualClock();
  const { create, invoke, service, environment, logStreams } = await startLambda({
    clock,
    cpuShare: { kind: 'aws', means },
  });
  await create(
    ...limitedFunction(
      means,
      `export const handler = async ({ forever }) => { console.log('began'); while (forever); return untilLimited(); };`,
    ),
  );
  const endless = invoke({ forever: true });
  await until(async () => expect((await logStreams())[0]?.messages.join('')).toContain('began'));
  clock.advance(60_000);
  expect((await endless).payload.errorType).toBe('Sandbox.Timedout');
  expect((await invoke({})).payload).toBe(true);
  if (means === 'cgroup') expect(groupsOf(environment.stateDir)).toHaveLength(1);
  await service.stop?.();
  expect(groupsOf(environment.stateDir)).toEqual([]);
});

test.for(MEANS)('by %s nothing stays behind when the cloud is killed', async (means) => {
  const stateDir = temporaryFolder();
  const cloud = spawnCloud([stateDir, means], { script: CLOUD });
  const client = new LambdaClient({
    endpoint: await cloud.endpoint(),
    region: LOCAL_REGION,
    credentials: BENCH_CREDENTIALS,
    maxAttempts: 1,
  });
  const witness = join(stateDir, 'witness');
  await createFunction(
    client,
    `import { appendFileSync } from 'node:fs';
     import { spawn } from 'node:child_process';
     export const handler = async ({ forever }) => {
       const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
       appendFileSync(${JSON.stringify(witness)}, process.pid + ' ' + child.pid + '\\n');
       while (forever); };`,
    { MemorySize: MEMORY_MB, Timeout: 60 },
  );
  await client.send(new InvokeCommand({ FunctionName: 'fn', Payload: '{}' }));
  for (const forever of [true, true]) {
    void client
      .send(new InvokeCommand({ FunctionName: 'fn', Payload: JSON.stringify({ forever }) }))
      .catch(() => undefined);
  }
  const pids = await until(() => {
    const found = [...readFileSync(witness, 'utf8').matchAll(/\d+/g)].map(Number);
    expect(found).toHaveLength(6);
    return found;
  });
  if (means === 'cgroup') expect(groupsOf(stateDir)).toHaveLength(2);
  cloud.child.kill('SIGKILL');
  await cloud.finished;
  client.destroy();
  await until(() => {
    for (const pid of pids) expect([undefined, 'Z']).toContain(processState(pid));
    expect(groupsOf(stateDir)).toEqual([]);
  });
});

test.skipIf(cgroupParent === undefined)('a start removes the groups that an earlier cloud left', async () => {
  const { service, environment } = await startLambda({ cpuShare: { kind: 'aws', means: 'cgroup' } });
  mkdirSync(join(cgroupParent?.folder ?? '', `${prefixOf(environment.stateDir)}left`));
  await service.start?.();
  expect(groupsOf(environment.stateDir)).toEqual([]);
});

/** A stand-in for the kernel's files: what /proc says, and a folder where the groups are. */
function fakeCgroups(version: 1 | 2) {
  const proc = temporaryFolder();
  const point = temporaryFolder();
  mkdirSync(join(point, 'user/own'), { recursive: true });
  for (const folder of [point, join(point, 'user'), join(point, 'user/own')]) {
    writeFileSync(join(folder, 'cgroup.procs'), '');
  }
  const mount = version === 1 ? `cgroup cgroup rw,cpu,cpuacct` : `cgroup2 cgroup2 rw`;
  writeFileSync(
    join(proc, 'mountinfo'),
    `31 23 0:28 / / rw - ext4 root rw\n32 31 0:29 / ${point} rw - ${mount}\n`,
  );
  writeFileSync(
    join(proc, 'cgroup'),
    version === 1 ? '3:memory:/other\n2:cpu,cpuacct:/user/own\n' : '0::/user/own\n',
  );
  return { proc, point };
}

test.for([1, 2] as const)(
  'a group of version %i is looked for from the own one upwards, its quota written',
  (version) => {
    const { proc, point } = fakeCgroups(version);
    // A folder that is no control group keeps the files of the probe, which the kernel's would not: none is permitted.
    expect(findCgroupParent(proc)).toBeUndefined();
    expect(readdirSync(join(point, 'user/own')).some((name) => name.startsWith('skyground-probe'))).toBe(
      true,
    );
    expect(readdirSync(point).some((name) => name.startsWith('skyground-probe'))).toBe(true);

    const folder = temporaryFolder();
    writeQuota(folder, version, 0.5);
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    if (version === 2) expect(read('cpu.max')).toBe('10000 20000');
    else expect([read('cpu.cfs_quota_us'), read('cpu.cfs_period_us')]).toEqual(['10000', '20000']);
    writeQuota(folder, version, undefined);
    expect(read(version === 2 ? 'cpu.max' : 'cpu.cfs_quota_us')).toBe(version === 2 ? 'max 20000' : '-1');
    expect(existsSync(folder)).toBe(true);
  },
);
