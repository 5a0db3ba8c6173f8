import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Workspace } from './workspace.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const masterCli = join(repositoryRoot, 'apps/master/dist/cli.js');

/** One line of `--json`. The fields beside `type` depend on it; tests look at the ones they are about. */
export interface JsonEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface FinishedRun {
  readonly exitCode: number | null;
  readonly events: readonly JsonEvent[];
  readonly stderr: string;
}

export interface StartedRun {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves with the first event for which the predicate holds; rejects if the run ends without one. */
  event(predicate: (event: JsonEvent) => boolean): Promise<JsonEvent>;
  finished(): Promise<FinishedRun>;
  /** Ends a run that a failed assertion left behind. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Environment of a child: this one's without anything AWS, so that no test can reach an account. */
export function childEnvironment(
  workspace: Workspace,
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|SKYGROUND_|CI$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    SKYGROUND_STATE_DIR: workspace.stateDir,
    INIT_CWD: workspace.dir,
    ...extra,
  };
}

export function runFlags(workspace: Workspace): string[] {
  return [
    '--images',
    workspace.imagesDir,
    '--output',
    workspace.metricsDir,
    '--on-prem-output',
    workspace.outputDir,
  ];
}

/** Starts the built CLI with --json and reads its events. */
export function startMaster(workspace: Workspace, args: readonly string[]): StartedRun {
  const child = spawn(process.execPath, [masterCli, ...args, '--json'], {
    env: childEnvironment(workspace),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: JsonEvent[] = [];
  const waiting = new Set<(event: JsonEvent) => void>();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const event = JSON.parse(line) as JsonEvent;
    events.push(event);
    for (const listener of waiting) listener(event);
  });
  const ended = Promise.all([once(child, 'close'), once(lines, 'close')]).then(() => ({
    exitCode: child.exitCode,
    events,
    stderr,
  }));
  return {
    child,
    finished: () => ended,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    event: async (predicate) => {
      const { promise, resolve: found } = Promise.withResolvers<JsonEvent>();
      const listener = (event: JsonEvent) => {
        if (predicate(event)) found(event);
      };
      for (const event of events) listener(event);
      waiting.add(listener);
      try {
        const tooLate = ended.then((run): never => {
          throw new Error(
            `the run ended (exit code ${run.exitCode}) without that event; stderr: ${run.stderr}\n${JSON.stringify(events.slice(-3))}`,
          );
        });
        return await Promise.race([promise, tooLate]);
      } finally {
        waiting.delete(listener);
      }
    },
  };
}

export function runMasterToTheEnd(workspace: Workspace, args: readonly string[] = []): Promise<FinishedRun> {
  return startMaster(workspace, [...runFlags(workspace), ...args]).finished();
}
