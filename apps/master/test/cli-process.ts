import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const cli = join(import.meta.dirname, '../src/cli.ts');

/** The CLI as a process. It may reach no account, and no embedded cloud but its own. */
export function startCli(dir: string, args: readonly string[]) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|SKYGROUND_|CI$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  );
  const env = { ...Object.fromEntries(inherited), INIT_CWD: dir, SKYGROUND_STATE_DIR: join(dir, 'state') };
  return spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function runCli(dir: string, ...args: readonly string[]) {
  const child = startCli(dir, args);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}
