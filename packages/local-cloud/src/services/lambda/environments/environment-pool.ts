import type { Clock } from '../../../clock.ts';
import { type ThrottleReason, tooManyRequests } from '../errors.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { FunctionStore } from '../function-store.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import { IdleEnvironments } from './idle-environments.ts';
import type { InvocationRequest, InvocationResult } from './invocation.ts';

export interface PoolSettings {
  readonly clock: Clock;
  readonly store: FunctionStore;
  /** Of all functions that reserve none. */
  readonly maximumConcurrency: number;
  readonly idleTimeoutMs: number;
  readonly createEnvironment: (record: FunctionRecord) => ExecutionEnvironment;
  /** Called whenever an invocation may fit that did not before. */
  readonly onCapacity: () => void;
}

/** The environments of all functions: who may run, in which environment, and which end. */
export class EnvironmentPool {
  readonly #settings: PoolSettings;
  readonly #idle: IdleEnvironments;
  readonly #busy = new Map<string, Set<ExecutionEnvironment>>();
  readonly #ending = new Set<Promise<void>>();
  #isStopped = false;
  #onReleased: () => void = () => {};

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#idle = new IdleEnvironments(
      settings.clock,
      settings.idleTimeoutMs,
      (environment) => void this.#end(environment),
    );
  }

  /** Why an invocation cannot begin now; undefined if it can. */
  throttleReason(record: FunctionRecord): ThrottleReason | undefined {
    const { store, maximumConcurrency } = this.#settings;
    if (record.reservedConcurrency !== undefined) {
      return this.#busyCount(record.name) < record.reservedConcurrency
        ? undefined
        : 'ReservedFunctionConcurrentInvocationLimitExceeded';
    }
    let unreservedBusy = 0;
    for (const [name, environments] of this.#busy) {
      if (store.get(name)?.reservedConcurrency === undefined) unreservedBusy += environments.size;
    }
    return unreservedBusy < maximumConcurrency ? undefined : 'ConcurrentInvocationLimitExceeded';
  }

  /** In the most recently used idle environment, else in a new one. Throws TooManyRequestsException at the limit. */
  async invoke(record: FunctionRecord, request: InvocationRequest): Promise<InvocationResult> {
    const reason = this.throttleReason(record);
    if (reason !== undefined) throw tooManyRequests(reason);
    const environment = this.#idle.take(record) ?? this.#settings.createEnvironment(record);
    this.#busyOf(record.name).add(environment);
    return this.#invokeIn(environment, request);
  }

  async #invokeIn(environment: ExecutionEnvironment, request: InvocationRequest): Promise<InvocationResult> {
    let isUsable = false;
    try {
      const result = await environment.invoke(request);
      isUsable = true;
      return result;
    } finally {
      this.#release(environment, isUsable && !this.#isStopped);
    }
  }

  /** After a change or deletion of a function: ends what is idle now; what is busy ends when it is done. */
  async retire(functionName: string): Promise<void> {
    await Promise.all(this.#idle.takeAll(functionName).map((environment) => this.#end(environment)));
  }

  /** Resolves when every process is gone; what runs is ended in mid-invocation. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const environment of this.#idle.stop()) void this.#end(environment);
    for (const environments of this.#busy.values()) {
      for (const environment of environments) environment.abort();
    }
    await this.#drained();
    await Promise.all(this.#ending);
  }

  #release(environment: ExecutionEnvironment, isUsable: boolean): void {
    this.#busy.get(environment.record.name)?.delete(environment);
    if (isUsable && this.#isCurrent(environment)) this.#idle.put(environment);
    else void this.#end(environment);
    this.#onReleased();
    this.#settings.onCapacity();
  }

  /** Resolves when nothing is busy. */
  async #drained(): Promise<void> {
    while ([...this.#busy.values()].some((environments) => environments.size > 0)) {
      await new Promise<void>((resolve) => {
        this.#onReleased = resolve;
      });
    }
  }

  #isCurrent({ record }: ExecutionEnvironment): boolean {
    return this.#settings.store.get(record.name)?.deploymentId === record.deploymentId;
  }

  #end(environment: ExecutionEnvironment): Promise<void> {
    const ending = environment.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }

  #busyCount(functionName: string): number {
    return this.#busy.get(functionName)?.size ?? 0;
  }

  #busyOf(functionName: string): Set<ExecutionEnvironment> {
    let environments = this.#busy.get(functionName);
    if (environments === undefined) {
      environments = new Set();
      this.#busy.set(functionName, environments);
    }
    return environments;
  }
}
