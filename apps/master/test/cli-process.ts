import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const cli = join(import.meta.dirname, '../src/cli.ts');
const labWithDummy = join(import.meta.dirname, 'fixtures/lab-with-dummy.ts');

/** The CLI as a process. It may reach no account, and no embedded cloud but its own. */
export function startCli(dir: string, args: readonly string[]) {
  return start(cli, dir, args);
}

export function runCli(dir: string, ...args: readonly string[]) {
  return ended(startCli(dir, args));
}

/** `lab`, with the dummy as its one experiment. */
export function startLab(dir: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return start(labWithDummy, dir, args, environment);
}

function start(script: string, dir: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|SKYGROUND_|CI$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  );
  const env = { ...Object.fromEntries(inherited), INIT_CWD: dir, SKYGROUND_STATE_DIR: join(dir, 'state') };
  return spawn(process.execPath, [script, ...args], {
    env: { ...env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

type Started = ReturnType<typeof start>;

export async function ended(child: Started) {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

/** Resolves as soon as a line of its output matches; what comes then is read all the same, so that it never waits for a reader. */
export function lineOf(child: Started, pattern: RegExp): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (said.split('\n').some((line) => pattern.test(line))) resolve();
  });
  child.once('close', () => reject(new Error(`expected a line like ${pattern}, but it ended: ${said}`)));
  return promise;
}
