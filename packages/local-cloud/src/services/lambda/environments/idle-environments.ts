import type { Clock } from '../../../clock.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly sinceMs: number;
}

/** Frozen environments that wait for work, by function and version, the most recently used last; ended when nobody wants them. */
export class IdleEnvironments {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #onExpired: (environment: ExecutionEnvironment) => void;
  readonly #stopped = new AbortController();
  readonly #byVersion = new Map<string, Idle[]>();
  #isReaping = false;

  constructor(clock: Clock, timeoutMs: number, onExpired: (environment: ExecutionEnvironment) => void) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#onExpired = onExpired;
  }

  put(environment: ExecutionEnvironment): void {
    const version = versionOf(environment.record);
    const idle = this.#byVersion.get(version) ?? [];
    idle.push({ environment, sinceMs: this.#clock.now() });
    this.#byVersion.set(version, idle);
    environment.onLost = () => {
      if (this.#remove(environment)) this.#onExpired(environment);
    };
    void this.#reap();
  }

  has(record: FunctionRecord): boolean {
    return (this.#byVersion.get(versionOf(record))?.length ?? 0) > 0;
  }

  /** The most recently used one. */
  take(record: FunctionRecord): ExecutionEnvironment | undefined {
    const environment = this.#byVersion.get(versionOf(record))?.pop()?.environment;
    if (environment !== undefined) environment.onLost = () => {};
    return environment;
  }

  takeAll(record: FunctionRecord): ExecutionEnvironment[] {
    return this.#takeAll(versionOf(record));
  }

  /** Ends the reaping and hands over what is left. */
  stop(): ExecutionEnvironment[] {
    this.#stopped.abort();
    return [...this.#byVersion.keys()].flatMap((version) => this.#takeAll(version));
  }

  #takeAll(version: string): ExecutionEnvironment[] {
    const idle = this.#byVersion.get(version) ?? [];
    this.#byVersion.delete(version);
    return idle.map(({ environment }) => environment);
  }

  /** Sleeps until the oldest may have expired, as long as there is one. One timer, none per invocation. */
  async #reap(): Promise<void> {
    if (this.#isReaping) return;
    this.#isReaping = true;
    try {
      for (let oldestMs = this.#oldestMs(); oldestMs !== undefined; oldestMs = this.#oldestMs()) {
        await this.#clock.sleep(
          Math.max(0, oldestMs + this.#timeoutMs - this.#clock.now()),
          this.#stopped.signal,
        );
        this.#expire();
      }
    } catch (error) {
      if (!this.#stopped.signal.aborted) throw error;
    } finally {
      this.#isReaping = false;
    }
  }

  #expire(): void {
    const latestExpiredMs = this.#clock.now() - this.#timeoutMs;
    for (const idle of this.#byVersion.values()) {
      for (const { environment, sinceMs } of [...idle]) {
        if (sinceMs <= latestExpiredMs && this.#remove(environment)) this.#onExpired(environment);
      }
    }
  }

  #remove(environment: ExecutionEnvironment): boolean {
    const idle = this.#byVersion.get(versionOf(environment.record)) ?? [];
    const index = idle.findIndex((entry) => entry.environment === environment);
    if (index !== -1) idle.splice(index, 1);
    return index !== -1;
  }

  #oldestMs(): number | undefined {
    const times = [...this.#byVersion.values()].flatMap((idle) => idle.map(({ sinceMs }) => sinceMs));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

function versionOf({ name, version }: FunctionRecord): string {
  return `${name}:${version}`;
}
