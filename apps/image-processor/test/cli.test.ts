import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startLocalCloud } from '@skyground/local-cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-cli-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** Starts the command as a person does who stands in `directory`, with an environment of its own. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'], INIT_CWD: directory, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = start(args, environment);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

/** A cloud that runs already, in the state folder of the commands: they find it, which is quicker than starting their own. */
async function cloudHere(): Promise<AsyncDisposable> {
  const cloud = await startLocalCloud({ stateDir: join(directory, 'state') });
  return { [Symbol.asyncDispose]: () => cloud.stop() };
}

describe('the command', () => {
  it('deploys to a cloud of its own that ends with it, changes nothing again, and destroys', async () => {
    const local = ['--target', 'local', '--state', 'state'];
    expect(await run(['deploy', ...local])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/created +function +skyground-image-processor.*\n.*Deployed\.\n$/s),
    });
    expect(existsSync(join(directory, 'state', 'lock'))).toBe(false);

    await using _running = await cloudHere();
    const second = await run(['deploy', ...local, '--json']);
    const events = second.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events).toHaveLength(9);
    expect(
      events.slice(1, -1).every((event) => JSON.stringify(event).includes('"outcome":"unchanged"')),
    ).toBe(true);
    expect(events.at(-1)).toEqual({
      event: 'end',
      changed: false,
      text: 'Nothing to change: everything is as declared.',
    });

    expect(await run(['destroy', ...local])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/removed +input bucket.*Destroyed\.\n$/s),
    });
  }, 60_000);

  it('says in a dry run what it would do and what a run would cost, and does nothing', async () => {
    await using _running = await cloudHere();
    const local = ['--state', 'state'];
    expect(await run(['deploy', ...local, '--dry-run'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /create +function.*Nothing was changed.*\$0\.\d{4} on AWS \(modelled: list prices of us-east-1 of \d{4}-\d{2}-\d{2}/s,
      ),
    });
    expect((await run(['destroy', ...local, '--dry-run'])).stdout).toContain('Nothing is left to remove.');
  });

  it('asks before it destroys on another target than its own, and refuses where it cannot', async () => {
    const cloud = await startLocalCloud({ stateDir: join(directory, 'endpoint'), verifySignatures: false });
    try {
      const target = ['--target', cloud.endpoint];
      expect((await run(['deploy', ...target])).exitCode).toBe(0);
      expect(await run(['destroy', ...target])).toMatchObject({
        exitCode: 2,
        stdout: expect.stringContaining('Would destroy'),
        stderr: expect.stringContaining('Give --yes'),
      });
      expect(await run(['destroy', ...target, '--yes'])).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('Destroyed.'),
      });
    } finally {
      await cloud.stop();
    }
  });

  it('stops at Ctrl-C with 130, and leaves no cloud running', async () => {
    const child = start(['deploy', '--state', 'state']);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const [exitCode] = await once(child, 'close');

    expect(exitCode).toBe(130);
    expect(existsSync(join(directory, 'state', 'lock'))).toBe(false);
  });

  it.each([
    [['deploy', '--target', 'amazon'], /flag --target: expected local, aws, or an http\(s\) URL/],
    [['deploy', '--memory', 'lots'], /--memory: expected a whole number, received "lots"/],
    [['deploy', '--target', 'http://127.0.0.1:9'], /cannot be reached \(ECONNREFUSED\)/],
    [['deploy', '--no-such-flag'], /unknown option/],
    [['config', 'shov'], /'shov' is invalid.*Allowed choices are show/],
    [['destroy', '--use-ambient-credentials'], /--use-ambient-credentials: expected a URL as --target/],
  ])('answers a mistake with 2 and one sentence: %j', async (args, message) => {
    const { exitCode, stderr } = await run(args);

    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });

  it('helps with its flags and exit codes in 80 columns', async () => {
    const { exitCode, stdout } = await run(['deploy', '--help'], { COLUMNS: '80' });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/--memory <MB>.*Exit codes: 0 done/s);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('(default: false)');
  });

  it('shows the settings of the folder where the person stands, with their origin', async () => {
    await writeFile(join(directory, 'skyground.config.json'), '{"prefix":"lab"}');
    const { stdout, exitCode } = await run(['config', 'show', '--origin'], {
      AWS_SECRET_ACCESS_KEY: 'hunter2',
    });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^memoryMb +1769 +default$/m);
    expect(stdout).toMatch(new RegExp(`^prefix +lab +file ${directory}/skyground\\.config\\.json$`, 'm'));
    expect(stdout).not.toContain('hunter2');
  });
});
