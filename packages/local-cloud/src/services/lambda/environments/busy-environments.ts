import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** How many environments are in use. */
export interface Concurrency {
  readonly all: number;
  readonly ofFunction: number;
  readonly ofVersion: number;
}

/** Environments with an invocation in hand, by function. */
export class BusyEnvironments {
  readonly #byFunction = new Map<string, Set<ExecutionEnvironment>>();
  #onRemoved: () => void = () => {};

  add(environment: ExecutionEnvironment): void {
    const { name } = environment.record;
    const environments = this.#byFunction.get(name);
    if (environments === undefined) this.#byFunction.set(name, new Set([environment]));
    else environments.add(environment);
  }

  remove(environment: ExecutionEnvironment): void {
    const { name } = environment.record;
    const environments = this.#byFunction.get(name);
    environments?.delete(environment);
    if (environments?.size === 0) this.#byFunction.delete(name);
    this.#onRemoved();
  }

  /** Of all functions; of all versions of one; and of one of them. */
  concurrency({ name, version }: FunctionRecord): Concurrency {
    let all = 0;
    for (const environments of this.#byFunction.values()) all += environments.size;
    const environments = this.#byFunction.get(name) ?? new Set();
    let ofVersion = 0;
    for (const { record } of environments) if (record.version === version) ofVersion += 1;
    return { all, ofFunction: environments.size, ofVersion };
  }

  /** Without provisioned environments, whose concurrency is set aside. */
  onDemand(functionName: string): number {
    let count = 0;
    for (const { initializationType } of this.#byFunction.get(functionName) ?? []) {
      if (initializationType === 'on-demand') count += 1;
    }
    return count;
  }

  functionNames(): Iterable<string> {
    return this.#byFunction.keys();
  }

  abortAll(): void {
    for (const environments of this.#byFunction.values()) {
      for (const environment of environments) environment.abort();
    }
  }

  /** Resolves when nothing is busy. */
  async drained(): Promise<void> {
    while (this.#byFunction.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onRemoved = resolve;
      });
    }
  }
}
