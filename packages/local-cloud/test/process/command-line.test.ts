import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseFlags } from '../../src/process/flags.ts';
import { CLI, spawnCloud } from '../support/cloud-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('flags', () => {
  it('have the documented defaults', () => {
    expect(parseFlags([], '/anywhere')).toEqual({
      kind: 'serve',
      port: 7594,
      stateDir: expect.stringMatching(/\/\.skyground$/),
      verifySignatures: true,
      lambda: { cpuShare: { kind: 'off' } },
    });
  });

  it('take paths from where the person stands', () => {
    const command = parseFlags(['--port', '0', '--state', 'here', '--no-verify'], '/stands');
    expect(command).toMatchObject({
      kind: 'serve',
      port: 0,
      stateDir: '/stands/here',
      verifySignatures: false,
    });
  });

  it('leave the state folder to SKYGROUND_STATE_DIR where none is named, and an empty one is none', () => {
    expect(parseFlags([], '/stands', 'moved')).toMatchObject({ stateDir: '/stands/moved' });
    expect(parseFlags(['--state', 'here'], '/stands', 'moved')).toMatchObject({ stateDir: '/stands/here' });
    expect(parseFlags([], '/stands', '')).toMatchObject({
      stateDir: expect.stringMatching(/\/\.skyground$/),
    });
  });

  it('choose how functions run', () => {
    const args = ['--concurrency', '40', '--idle-timeout', '2.3', '--cpu-share', 'aws'];
    expect(parseFlags(args, '/')).toMatchObject({
      lambda: { maximumConcurrency: 40, idleTimeoutMs: 2300, cpuShare: { kind: 'aws' } },
    });
  });

  it.each([
    [['--port', 'x'], "--port takes a number from 0 to 65535, not 'x'."],
    [['--port', '65536'], "--port takes a number from 0 to 65535, not '65536'."],
    [['--state', ''], "--state takes a folder, not ''."],
    [['--concurrency', '0'], "--concurrency takes a number from 1 to 10000, not '0'."],
    [
      ['--idle-timeout', '0'],
      "--idle-timeout takes a number of seconds above 0, to 86400, in whole milliseconds, not '0'.",
    ],
    [['--idle-timeout', '5m'], "not '5m'."],
    [['--cpu-share', 'half'], "--cpu-share takes off or aws, not 'half'."],
    [['--what'], "Unknown option '--what'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('refuse %j and say what they take', (args, message) => {
    expect(parseFlags(args, '/')).toEqual({ kind: 'wrong-usage', message: expect.stringContaining(message) });
  });
});

describe('npm run cloud', () => {
  it('prints its usage, exit 0; wrong usage is exit 2', async () => {
    const help = await spawnCloud(['--help']).finished;
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('--state DIR') });
    const wrong = await spawnCloud(['--nope']).finished;
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Unknown option '--nope'") });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('serves until %s, then ends cleanly with exit code %i', async (signal, exitCode) => {
    const folder = temporaryFolder();
    const cloud = spawnCloud(['--port', '0', '--state', 'state'], { env: { INIT_CWD: folder } });
    const endpoint = await cloud.endpoint();
    await expect(fetch(endpoint)).resolves.toBeInstanceOf(Response);
    expect(existsSync(join(folder, 'state', 'lock'))).toBe(true);

    cloud.child.kill(signal);
    const finished = await cloud.finished;
    expect(finished).toMatchObject({ exitCode, stderr: '' });
    expect(finished.stdout).toContain(`export AWS_ENDPOINT_URL=${endpoint}`);
    expect(existsSync(join(folder, 'state', 'lock'))).toBe(false);
  });

  it('ends when the parent that started it is gone, even before it could listen for that', async () => {
    const child = fork(CLI, ['--port', '0', '--state', temporaryFolder()], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says which port is taken, and by --no-verify accepts anybody', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const state = temporaryFolder();
    const refused = await spawnCloud(['--port', port, '--state', state]).finished;
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(`port ${port} of 127.0.0.1 is taken by another program`);

    const open = spawnCloud(['--port', '0', '--state', state, '--no-verify']);
    const answer = await fetch(await open.endpoint(), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(await answer.text()).toContain('<Account>000000000000</Account>');
  });

  it('refuses a state folder that a running cloud has, and says where that one serves', async () => {
    const state = temporaryFolder();
    const first = spawnCloud(['--port', '0', '--state', state]);
    const endpoint = await first.endpoint();
    const second = await spawnCloud(['--port', '0', '--state', state]).finished;
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain(`It serves ${endpoint} as process ${first.child.pid}`);
  });

  it('goes on serving when the reader of its output goes away', async () => {
    const cloud = spawnCloud(['--port', '0', '--state', temporaryFolder()]);
    const endpoint = await cloud.endpoint();
    cloud.child.stdout.destroy();
    cloud.child.stderr.destroy();
    await expect(fetch(endpoint)).resolves.toBeInstanceOf(Response);
    cloud.child.kill('SIGTERM');
    expect(await cloud.finished).toMatchObject({ exitCode: 143 });
  });
});
