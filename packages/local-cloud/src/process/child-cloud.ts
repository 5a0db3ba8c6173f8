import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LocalCloudError } from './errors.ts';
import type { ServingOptions } from './flags.ts';
import { fromSource } from './package-location.ts';
import { type ChildMessage, childMessage } from './parent-messages.ts';

/** Long enough for a loaded machine; a cloud starts in well under a second on an idle one. */
const START_DEADLINE_MS = 30_000;
/** A cloud that stops has its execution environments to end; after this it is killed. */
const STOP_DEADLINE_MS = 10_000;
const KEPT_STDERR_LINES = 40;

const CLI = fromSource('./process/cli.ts');

export interface ChildCloud {
  readonly outcome: ChildMessage['kind'];
  stop(): Promise<void>;
}

/**
 * Starts a cloud as a child process in a process group of its own, so that the terminal's Ctrl-C reaches only this process,
 * which decides when the cloud stops. The child ends by itself when this process does, however that happens (the IPC channel
 * closes). It inherits no AWS_* variable.
 */
export async function startChildCloud(
  stateDir: string,
  { maximumConcurrency, idleTimeoutMs, cpuShare = { kind: 'off' } }: ServingOptions,
  signal: AbortSignal,
  onLog: (line: string) => void,
): Promise<ChildCloud> {
  signal.throwIfAborted();
  const args = ['--port', '0', '--state', stateDir, '--cpu-share', cpuShare.kind];
  if (maximumConcurrency !== undefined) args.push('--concurrency', String(maximumConcurrency));
  if (idleTimeoutMs !== undefined) args.push('--idle-timeout', String(idleTimeoutMs / 1000));
  const child = spawn(process.execPath, [CLI, ...args], {
    detached: true,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stderr: string[] = [];
  readLines(child.stdout, onLog);
  readLines(child.stderr, (line) => {
    stderr.push(line);
    if (stderr.length > KEPT_STDERR_LINES) stderr.shift();
    onLog(line);
  });

  const stop = () => stopChild(child);
  try {
    const outcome = await firstMessage(child, signal, stderr);
    // From here on the cloud does not keep this process alive; it ends with it.
    child.unref();
    child.channel?.unref();
    return { outcome, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstMessage(
  child: ChildProcess,
  signal: AbortSignal,
  stderr: readonly string[],
): Promise<ChildMessage['kind']> {
  const settled = new AbortController();
  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  const until = { signal: AbortSignal.any([signal, deadline, settled.signal]) };
  try {
    const ended = once(child, 'close', until).then(([code, by]) => {
      throw startFailed(`ended with ${by ?? `exit code ${code}`} before it was ready`, stderr);
    });
    const [message] = await Promise.race([once(child, 'message', until), ended]);
    return childMessage.parse(message).kind;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (deadline.aborted) throw startFailed(`was not ready after ${START_DEADLINE_MS / 1000} s`, stderr);
    throw error;
  } finally {
    settled.abort();
  }
}

function startFailed(what: string, stderr: readonly string[]): LocalCloudError {
  return new LocalCloudError('start-failed', `The local cloud ${what}.\n${stderr.join('\n')}`.trimEnd());
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  try {
    await exited;
  } finally {
    clearTimeout(killer);
  }
}

/** A pipe that nobody reads would stop the child once it is full. */
function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', onLine);
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}
