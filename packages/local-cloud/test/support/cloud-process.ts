import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** The script that `npm run cloud` starts. */
export const CLI = resolve(import.meta.dirname, '../../src/process/cli.ts');

export interface FinishedProcess {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line of the cloud (or another script) as a process of its own; killed when the test is over. */
export function spawnCloud(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; script?: string } = {},
) {
  const child = spawn(process.execPath, [options.script ?? CLI, ...args], {
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    output.stdout += `${line}\n`;
  });
  const finished: Promise<FinishedProcess> = once(child, 'close').then(([exitCode, signal]) => ({
    exitCode,
    signal,
    ...output,
  }));
  return { child, finished, lines, endpoint: () => endpointOf(child, lines, finished) };
}

/** Of the first line that names it, which the cloud prints once it serves. */
async function endpointOf(
  child: ChildProcess,
  lines: NodeJS.EventEmitter,
  finished: Promise<FinishedProcess>,
): Promise<string> {
  const named = (async () => {
    while (true) {
      const [line] = await once(lines, 'line');
      const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
      if (endpoint !== undefined) return endpoint;
    }
  })();
  const ended = finished.then(({ stderr }) => {
    throw new Error(`process ${child.pid} ended before it served:\n${stderr}`);
  });
  return Promise.race([named, ended]);
}
