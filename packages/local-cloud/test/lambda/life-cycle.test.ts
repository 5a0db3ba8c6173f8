import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../src/credentials.ts';
import { processIdentity } from '../../src/services/lambda/environments/process-facts.ts';
import { ProcessRecords } from '../../src/services/lambda/environments/process-records.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ROLE, startLambda, until } from './lambda-fixture.ts';
import { zipOf } from './zip.ts';

const CLOUD = resolve(import.meta.dirname, '../../bench/fixtures/lambda-cloud.ts');

/** R, S, T (stopped), Z ...; undefined when there is none. */
function processState(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').match(/\) (\S)/)?.[1];
  } catch {
    return undefined;
  }
}

const isGone = (pid: number) => until(() => expect([undefined, 'Z']).toContain(processState(pid)));

test('an environment is frozen between invocations, and gets no time', async () => {
  const { create, invoke } = await startLambda();
  await create(
    `let ticks = 0; setInterval(() => { ticks += 1; }, 1); export const handler = async () => ({ pid: process.pid, ticks });`,
  );
  const { payload } = await invoke();
  expect(processState(payload.pid)).toBe('T');
  expect((await invoke()).payload.pid).toBe(payload.pid);
});

test('an idle environment ends after its time, with its folder; the next invoke is cold', async () => {
  const clock = new ManualClock();
  const { create, invoke, environment } = await startLambda({ clock, idleTimeoutMs: 60_000 });
  await create('export const handler = async () => process.pid;');
  const { payload: pid } = await invoke();
  clock.advance(30_000);
  expect((await invoke()).payload).toBe(pid);
  clock.advance(30_000);
  expect((await invoke()).payload).toBe(pid);
  clock.advance(60_000);
  await isGone(pid);
  await until(() => expect(readdirSync(join(environment.stateDir, 'lambda/environments'))).toEqual([]));
  expect(readdirSync(join(environment.stateDir, 'lambda/processes'))).toEqual([]);
  const cold = await invoke();
  expect(cold.payload).not.toBe(pid);
  expect(cold.tail).toContain('Init Duration');
});

test('an environment killed while idle is replaced by a new one', async () => {
  const { create, invoke } = await startLambda();
  await create('export const handler = async () => process.pid;');
  const { payload: pid } = await invoke();
  process.kill(pid, 'SIGKILL');
  await isGone(pid);
  const next = await until(async () => {
    const result = await invoke();
    expect(result.FunctionError).toBeUndefined();
    return result;
  });
  expect(next.payload).not.toBe(pid);
});

test('stopping ends idle and busy environments and what they started', async () => {
  const { create, invoke, service, logStreams } = await startLambda();
  const code = `import { spawn } from 'node:child_process';
    export const handler = async (event) => {
      const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
      console.log('pids', process.pid, child.pid);
      if (event.hang) await new Promise((resolve) => setTimeout(resolve, 60_000)); };`;
  await create(code);
  await create(code, { FunctionName: 'busy', Timeout: 60 });
  await invoke();
  const hanging = invoke({ hang: true }, { FunctionName: 'busy' }).catch(() => undefined);
  const pids = await until(async () => {
    const streams = [...(await logStreams()), ...(await logStreams('/aws/lambda/busy'))];
    const found = streams.flatMap(
      ({ messages }) =>
        messages
          .join('')
          .match(/pids (\d+) (\d+)/)
          ?.slice(1)
          .map(Number) ?? [],
    );
    expect(found).toHaveLength(4);
    return found;
  });
  await service.stop?.();
  for (const pid of pids) await isGone(pid);
  await hanging;
});

test('a start ends the processes that are recorded as ours, and no other', async () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const orphan = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  const stranger = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => {
    orphan.kill('SIGKILL');
    stranger.kill('SIGKILL');
  });
  const [orphanPid = 0, strangerPid = 0] = [orphan.pid, stranger.pid];
  process.kill(orphanPid, 'SIGSTOP');
  writeFileSync(join(folder, String(orphanPid)), processIdentity(orphanPid) ?? '');
  // A pid that another process has since been given.
  writeFileSync(join(folder, String(strangerPid)), processIdentity(process.pid) ?? '');
  const exited = once(orphan, 'exit');
  expect(new ProcessRecords(folder).sweep()).toBe(1);
  await exited;
  expect(processState(strangerPid)).not.toBeUndefined();
  expect(stranger.signalCode).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test('a kill -9 of the cloud leaves no process and loses no accepted event', {
  timeout: 30_000,
}, async () => {
  const stateDir = temporaryFolder();
  const witness = join(temporaryFolder(), 'witness');
  const first = spawnCloud([stateDir], { script: CLOUD });
  const client = clientOf(await first.endpoint());
  await client.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: ROLE,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: {
        ZipFile: await zipOf({
          'index.mjs': `import { appendFileSync, existsSync } from 'node:fs';
            export const handler = async ({ id }) => {
              appendFileSync(${JSON.stringify(witness)}, 'began ' + id + ' ' + process.pid + '\\n');
              if (id === 'idle') return;
              while (!existsSync(${JSON.stringify(`${witness}.go`)})) await new Promise((resolve) => setTimeout(resolve, 20));
              appendFileSync(${JSON.stringify(witness)}, 'done ' + id + '\\n'); };`,
        }),
      },
    }),
  );
  await client.send(new InvokeCommand({ FunctionName: 'fn', Payload: '{"id":"idle"}' }));
  for (const id of [1, 2]) {
    await client.send(
      new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event', Payload: JSON.stringify({ id }) }),
    );
  }
  const pids = await until(() => {
    const found = [...readFileSync(witness, 'utf8').matchAll(/began \w+ (\d+)/g)].map((match) =>
      Number(match[1]),
    );
    expect(found).toHaveLength(3);
    return [...new Set(found)];
  });
  first.child.kill('SIGKILL');
  await first.finished;
  client.destroy();
  for (const pid of pids) await isGone(pid);
  expect(readFileSync(witness, 'utf8')).not.toContain('done');

  writeFileSync(`${witness}.go`, '');
  const second = spawnCloud([stateDir], { script: CLOUD });
  await second.endpoint();
  await until(() => {
    const text = readFileSync(witness, 'utf8');
    expect(text).toContain('done 1\n');
    expect(text).toContain('done 2\n');
  });
  second.child.kill('SIGTERM');
  expect(await second.finished).toMatchObject({ exitCode: 0 });
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(stateDir);
});

function clientOf(endpoint: string): LambdaClient {
  return new LambdaClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
}
