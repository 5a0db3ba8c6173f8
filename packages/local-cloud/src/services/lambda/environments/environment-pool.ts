import type { Clock } from '../../../clock.ts';
import { type ThrottleReason, tooManyRequests } from '../errors.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { FunctionStore } from '../function-store.ts';
import { BusyEnvironments } from './busy-environments.ts';
import type { InitializationType } from './environment-host.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import { IdleEnvironments } from './idle-environments.ts';
import type { InvocationRequest, InvocationResult } from './invocation.ts';
import type { InvocationMetrics } from './invocation-metrics.ts';
import { ProvisionedEnvironments } from './provisioned-environments.ts';
import { ScalingRate } from './scaling-rate.ts';

export interface PoolSettings {
  readonly clock: Clock;
  readonly store: FunctionStore;
  readonly metrics: InvocationMetrics;
  /** Of all functions that reserve none. */
  readonly maximumConcurrency: number;
  /** New environments of a function in every 10 seconds. */
  readonly scalingRate: number;
  readonly idleTimeoutMs: number;
  readonly createEnvironment: (record: FunctionRecord, type: InitializationType) => ExecutionEnvironment;
  readonly onFault: (fault: unknown, doing: string) => void;
  /** Called whenever an invocation may fit that did not before. */
  readonly onCapacity: () => void;
}

/** Why an invocation cannot begin now, and when it may, where that is a question of time. */
export interface Throttle {
  readonly reason: ThrottleReason;
  readonly untilMs: number | undefined;
}

/** The environments of all functions: who may run, in which environment, and which end. */
export class EnvironmentPool {
  readonly provisioned: ProvisionedEnvironments;
  readonly #settings: PoolSettings;
  readonly #idle: IdleEnvironments;
  readonly #busy = new BusyEnvironments();
  readonly #scalingRate: ScalingRate;
  readonly #ending = new Set<Promise<void>>();
  #isStopped = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    const { clock, createEnvironment, onFault, onCapacity } = settings;
    const end = (environment: ExecutionEnvironment) => void this.#end(environment);
    this.#idle = new IdleEnvironments(clock, settings.idleTimeoutMs, end);
    this.#scalingRate = new ScalingRate(clock, settings.scalingRate);
    this.provisioned = new ProvisionedEnvironments({
      clock,
      create: (record) => createEnvironment(record, 'provisioned-concurrency'),
      end,
      onReady: onCapacity,
      onFault,
    });
  }

  /** Undefined if an invocation can begin now. */
  throttle(record: FunctionRecord): Throttle | undefined {
    if (this.provisioned.hasReady(record)) return undefined;
    const reason = this.#concurrencyReached(record.name);
    if (reason !== undefined) return { reason, untilMs: undefined };
    const untilMs = this.#idle.has(record) ? undefined : this.#scalingRate.nextMs(record.name);
    if (untilMs === undefined) return undefined;
    const isReserved = this.#settings.store.reservedConcurrencyOf(record.name) !== undefined;
    return {
      reason: isReserved
        ? 'ReservedFunctionInvocationRateLimitExceeded'
        : 'FunctionInvocationRateLimitExceeded',
      untilMs,
    };
  }

  /**
   * In a provisioned environment, else in the most recently used idle one, else in a new one. Throws
   * TooManyRequestsException at the limits.
   */
  async invoke(record: FunctionRecord, request: InvocationRequest): Promise<InvocationResult> {
    const { clock, metrics } = this.#settings;
    const startedMs = clock.now();
    const throttle = this.throttle(record);
    if (throttle !== undefined) {
      metrics.throttled(record, startedMs);
      throw tooManyRequests(throttle.reason);
    }
    const environment = this.provisioned.take(record) ?? this.#idle.take(record) ?? this.#grow(record);
    this.#busy.add(environment);
    metrics.began(record, startedMs, this.#busy.concurrency(record));
    let isUsable = false;
    try {
      const result = await environment.invoke(request);
      metrics.ended(record, startedMs, result.durationMs, result.isFunctionError);
      isUsable = true;
      return result;
    } finally {
      this.#release(environment, isUsable && !this.#isStopped);
    }
  }

  /** After a change or deletion of a version: ends what is idle now; what is busy ends when it is done. */
  async retire(record: FunctionRecord): Promise<void> {
    this.provisioned.set(record, 0);
    await Promise.all(this.#idle.takeAll(record).map((environment) => this.#end(environment)));
  }

  /** Resolves when every process is gone; what runs is ended in mid-invocation. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const provisioning = this.provisioned.stop();
    for (const environment of this.#idle.stop()) void this.#end(environment);
    this.#busy.abortAll();
    await provisioning;
    await this.#busy.drained();
    await Promise.all(this.#ending);
  }

  #concurrencyReached(functionName: string): ThrottleReason | undefined {
    const { store, maximumConcurrency } = this.#settings;
    const reserved = store.reservedConcurrencyOf(functionName);
    if (reserved !== undefined) {
      const provisioned = this.provisioned.wantedOf(functionName);
      return this.#busy.onDemand(functionName) < reserved - provisioned
        ? undefined
        : 'ReservedFunctionConcurrentInvocationLimitExceeded';
    }
    let unreserved = 0;
    for (const name of this.#busy.functionNames()) {
      if (store.reservedConcurrencyOf(name) === undefined) unreserved += this.#busy.onDemand(name);
    }
    return unreserved < maximumConcurrency ? undefined : 'ConcurrentInvocationLimitExceeded';
  }

  #grow(record: FunctionRecord): ExecutionEnvironment {
    this.#scalingRate.take(record.name);
    return this.#settings.createEnvironment(record, 'on-demand');
  }

  #release(environment: ExecutionEnvironment, isUsable: boolean): void {
    this.#busy.remove(environment);
    if (environment.initializationType === 'provisioned-concurrency') {
      this.provisioned.release(environment, isUsable);
    } else if (isUsable && this.#isCurrent(environment)) this.#idle.put(environment);
    else void this.#end(environment);
    this.#settings.onCapacity();
  }

  #isCurrent({ record }: ExecutionEnvironment): boolean {
    return this.#settings.store.get(record.name, record.version)?.deploymentId === record.deploymentId;
  }

  #end(environment: ExecutionEnvironment): Promise<void> {
    const ending = environment.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }
}
