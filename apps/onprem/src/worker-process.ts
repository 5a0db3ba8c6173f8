import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { type WorkerConfig, type WorkerReply, type WorkerRequest, workerReplySchema } from './messages.ts';

// By its package name, so that the program is found from a bundle of this code, too.
const PROGRAM = fileURLToPath(import.meta.resolve('@skyground/onprem/worker'));
const STDERR_KEPT_CHARS = 4096;

export interface WorkerListeners {
  readonly onReply: (reply: WorkerReply) => void;
  /** Once, after the last reply, whatever ended the process. */
  readonly onExit: (reason: string) => void;
}

/** One worker process, seen from its parent: typed messages in both directions, and its end. */
export class WorkerProcess {
  readonly environmentId: string;
  readonly #child: ChildProcess;
  readonly #exited = Promise.withResolvers<void>();
  #stderr = '';

  constructor(environmentId: string, config: WorkerConfig, listeners: WorkerListeners) {
    this.environmentId = environmentId;
    // No flags of the parent (a debugger's port, a test runner's loader); libvips' warnings must not reach a terminal UI.
    const child = fork(PROGRAM, [JSON.stringify(config)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;

    let ended = false;
    const end = (reason: string): void => {
      if (ended) return;
      ended = true;
      this.#exited.resolve();
      listeners.onExit(reason);
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT_CHARS);
    });
    child.on('message', (message) => listeners.onReply(workerReplySchema.parse(message)));
    child.on('error', (error) => {
      // Sent when the process cannot be started (no `exit` follows) and when a message cannot be delivered (one will).
      if (child.pid === undefined) end(`could not be started: ${error.message}`);
    });
    // `close` comes after the last message and the last of stderr; `exit` may come before them.
    child.on('close', (code, signal) =>
      end(signal === null ? `exited with code ${code}` : `was killed by ${signal}`),
    );
  }

  /** undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last lines that the process wrote to its standard error. */
  get stderr(): string {
    return this.#stderr.trim();
  }

  send(request: WorkerRequest): void {
    this.#child.send(request, () => undefined);
  }

  /** Ends the process at once. Safe at any point: an output has its final name only when it is whole. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited.promise;
  }
}
