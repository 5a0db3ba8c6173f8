import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { peakMemoryBytes, signalGroup } from './process-facts.ts';
import { RuntimeApi, type RuntimeInvocation } from './runtime-api.ts';
import type { RuntimeEvent } from './runtime-event.ts';

const BOOTSTRAP = fileURLToPath(new URL('../runtime/bootstrap.mjs', import.meta.url));
/** The rest of the memory is for buffers, code and the runtime itself. */
const HEAP_SHARE = 0.9;

export interface RuntimeSettings {
  readonly memoryMb: number;
  readonly codeFolder: string;
  /** Taken as stdout and stderr. */
  readonly outputDescriptor: number;
  /** The process's variables, once the address of its Runtime API is known. */
  readonly variables: (runtimeApi: string) => Record<string, string>;
}

/** One operating-system process (a group of its own) and the Runtime API that it polls. */
export class RuntimeProcess {
  /** Where its events go; its owner changes it from phase to phase. */
  onEvent: (event: RuntimeEvent) => void;
  readonly #settings: RuntimeSettings;
  readonly #api: RuntimeApi;
  readonly #ended: Promise<void>;
  #child: ChildProcess | undefined;
  #markEnded: () => void = () => {};
  #peakMemoryBytes = 0;
  #isFrozen = false;

  constructor(settings: RuntimeSettings, onEvent: (event: RuntimeEvent) => void) {
    this.#settings = settings;
    this.onEvent = onEvent;
    this.#api = new RuntimeApi((event) => this.onEvent(event));
    this.#ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
  }

  /** Starts the process; returns the moment of its spawn by performance.now(). Its first event says whether init went well. */
  async start(): Promise<number> {
    const { memoryMb, codeFolder, outputDescriptor, variables } = this.#settings;
    const runtimeApi = await this.#api.listen();
    const heapMb = Math.floor(memoryMb * HEAP_SHARE);
    const spawnedAt = performance.now();
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, BOOTSTRAP], {
      cwd: codeFolder,
      env: variables(runtimeApi),
      detached: true,
      stdio: ['ignore', outputDescriptor, outputDescriptor],
    });
    this.#child = child;
    child.once('error', (cause) => {
      if (child.pid !== undefined) return;
      this.#markEnded();
      this.#api.close();
      this.onEvent({ kind: 'fault', cause });
    });
    child.once('exit', (exitCode, signal) => this.#onExit(exitCode, signal));
    return spawnedAt;
  }

  /** Undefined before its start and after its end. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Lets it run again, before it is sent anything. */
  thaw(): void {
    if (this.#isFrozen) this.#signal('SIGCONT');
    this.#isFrozen = false;
  }

  /** Hands it the work it waits for. */
  send(invocation: RuntimeInvocation): void {
    this.#api.send(invocation);
  }

  /** Between invocations an environment gets no processor time. */
  freeze(): void {
    this.#signal('SIGSTOP');
    this.#isFrozen = true;
  }

  /** The highest since the process started, as last seen while it lived. */
  peakMemoryBytes(): number {
    const pid = this.#child?.pid;
    const peak = pid === undefined ? undefined : peakMemoryBytes(pid);
    this.#peakMemoryBytes = peak ?? this.#peakMemoryBytes;
    return this.#peakMemoryBytes;
  }

  /** Ends the whole process group and resolves when its leader is gone. */
  async kill(): Promise<void> {
    if (this.#child !== undefined) {
      this.#signal('SIGKILL');
      await this.#ended;
    }
    // Not closed yet where the process could not even be spawned.
    this.#api.close();
  }

  #onExit(exitCode: number | null, signal: NodeJS.Signals | null): void {
    // What it started goes with it.
    this.#signal('SIGKILL');
    // Its pid may be another's from here on.
    this.#child = undefined;
    this.#api.close();
    this.#markEnded();
    this.onEvent({ kind: 'exit', exitCode, signal });
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    const pid = this.#child?.pid;
    if (pid !== undefined) signalGroup(pid, signal);
  }
}
