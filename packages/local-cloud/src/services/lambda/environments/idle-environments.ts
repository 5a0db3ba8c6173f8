import type { Clock } from '../../../clock.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly sinceMs: number;
}

/** Frozen environments that wait for work, by function, the most recently used last; ended when nobody wants them. */
export class IdleEnvironments {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #onExpired: (environment: ExecutionEnvironment) => void;
  readonly #stopped = new AbortController();
  readonly #byFunction = new Map<string, Idle[]>();
  #isReaping = false;

  constructor(clock: Clock, timeoutMs: number, onExpired: (environment: ExecutionEnvironment) => void) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#onExpired = onExpired;
  }

  put(environment: ExecutionEnvironment): void {
    const { name } = environment.record;
    const idle = this.#byFunction.get(name) ?? [];
    idle.push({ environment, sinceMs: this.#clock.now() });
    this.#byFunction.set(name, idle);
    environment.onLost = () => {
      if (this.#remove(environment)) this.#onExpired(environment);
    };
    void this.#reap();
  }

  /** The most recently used one made of this deployment. */
  take(record: FunctionRecord): ExecutionEnvironment | undefined {
    const environment = this.#byFunction.get(record.name)?.pop()?.environment;
    if (environment !== undefined) environment.onLost = () => {};
    return environment;
  }

  takeAll(functionName: string): ExecutionEnvironment[] {
    const idle = this.#byFunction.get(functionName) ?? [];
    this.#byFunction.delete(functionName);
    return idle.map(({ environment }) => environment);
  }

  /** Ends the reaping and hands over what is left. */
  stop(): ExecutionEnvironment[] {
    this.#stopped.abort();
    return [...this.#byFunction.keys()].flatMap((name) => this.takeAll(name));
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
    for (const idle of this.#byFunction.values()) {
      for (const { environment, sinceMs } of [...idle]) {
        if (sinceMs <= latestExpiredMs && this.#remove(environment)) this.#onExpired(environment);
      }
    }
  }

  #remove(environment: ExecutionEnvironment): boolean {
    const idle = this.#byFunction.get(environment.record.name) ?? [];
    const index = idle.findIndex((entry) => entry.environment === environment);
    if (index !== -1) idle.splice(index, 1);
    return index !== -1;
  }

  #oldestMs(): number | undefined {
    const times = [...this.#byFunction.values()].flatMap((idle) => idle.map(({ sinceMs }) => sinceMs));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
