import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { BENCH_CREDENTIALS } from '../../bench/fixtures/credentials.ts';
import { LOCAL_REGION } from '../../src/credentials.ts';
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
  // The stop signal is sent before the answer; a process that runs on another core takes it a moment later.
  await until(() => expect(processState(payload.pid)).toBe('T'));
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

test('an environment killed the moment before it is needed costs no error', async () => {
  const { create, invoke } = await startLambda();
  await create('export const handler = async () => process.pid;');
  const { payload: pid } = await invoke();
  // Nobody has heard of its end when the next event is handed to it.
  process.kill(pid, 'SIGKILL');
  const next = await invoke();
  expect(next.FunctionError).toBeUndefined();
  expect(next.payload).not.toBe(pid);
  expect(next.tail.match(/REPORT/g)).toHaveLength(1);
});

test('stopping ends idle and busy environments and what they started', async () => {
  const { create, invoke, service, logStreams } = await startLambda();
  const code = `import { spawn } from 'node:child_process';
    export const handler = async (event) => {
      const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
      const detached = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true });
      console.log('pids', process.pid, child.pid, detached.pid);
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
          .match(/pids (\d+) (\d+) (\d+)/)
          ?.slice(1)
          .map(Number) ?? [],
    );
    expect(found).toHaveLength(6);
    return found;
  });
  await service.stop?.();
  for (const pid of pids) await isGone(pid);
  await hanging;
});

test('a time limit ends what the handler started, too', async () => {
  const clock = new ManualClock();
  const { create, invoke, logStreams } = await startLambda({ clock });
  await create(
    `import { spawn } from 'node:child_process';
    export const handler = async () => {
      console.log('detached', spawn('sleep', ['1000'], { stdio: 'ignore', detached: true }).pid);
      await new Promise((resolve) => setTimeout(resolve, 60_000)); };`,
    { Timeout: 1 },
  );
  const invoked = invoke();
  const pid = await until(async () => {
    const found = (await logStreams())[0]?.messages.join('').match(/detached (\d+)/)?.[1];
    if (found === undefined) throw new Error('Nothing was started yet.');
    return Number(found);
  });
  clock.advance(1000);
  expect((await invoked).payload.errorType).toBe('Sandbox.Timedout');
  await isGone(pid);
});

test('a start ends the processes of an earlier cloud on its state folder, and no other', async () => {
  const { service, environment } = await startLambda();
  const sleeping = (taskRoot: string) => {
    const child = spawn('sleep', ['1000'], {
      detached: true,
      stdio: 'ignore',
      env: { LAMBDA_TASK_ROOT: taskRoot },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const orphan = sleeping(join(environment.stateDir, 'lambda/code/abc'));
  const stranger = sleeping(`${environment.stateDir}-other/lambda/code/abc`);
  await once(orphan, 'spawn');
  orphan.kill('SIGSTOP');
  const exited = once(orphan, 'exit');
  await service.start?.();
  await exited;
  expect(stranger.signalCode).toBeNull();
  expect(processState(stranger.pid ?? 0)).not.toBeUndefined();
});

test('a kill -9 of the cloud leaves no process and loses no accepted event', async () => {
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
          'index.mjs': `import { spawn } from 'node:child_process'; import { appendFileSync, existsSync } from 'node:fs';
            export const handler = async ({ id }) => {
              const detached = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true });
              appendFileSync(${JSON.stringify(witness)}, 'began ' + id + ' ' + process.pid + ' ' + detached.pid + '\\n');
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
    const found = [...readFileSync(witness, 'utf8').matchAll(/began \w+ (\d+) (\d+)/g)].flatMap((match) =>
      match.slice(1).map(Number),
    );
    expect(found).toHaveLength(6);
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
  return new LambdaClient({ endpoint, region: LOCAL_REGION, credentials: BENCH_CREDENTIALS, maxAttempts: 1 });
}
