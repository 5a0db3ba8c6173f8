import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** Environments of a version that may die in a row without ever having served before no more are made. */
const MAXIMUM_UNUSED_LOSSES = 3;

export interface ProvisioningSettings {
  readonly create: (record: FunctionRecord) => ExecutionEnvironment;
  /** Takes the environment over. */
  readonly end: (environment: ExecutionEnvironment) => void;
  /** Another environment can take an invocation. */
  readonly onReady: () => void;
  readonly onFault: (fault: unknown, doing: string) => void;
}

export interface ProvisioningStatus {
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  /** Initialised, in use or not. */
  readonly allocated: number;
}

interface Provisioning {
  readonly record: FunctionRecord;
  wanted: number;
  /** Initialised ones, in use or not. */
  readonly allocated: Set<ExecutionEnvironment>;
  readonly ready: ExecutionEnvironment[];
  starting: ExecutionEnvironment | undefined;
  isFilling: boolean;
  unusedLosses: number;
  hasFailed: boolean;
}

/**
 * Provisioned concurrency: as many environments of a version as are wanted, initialised ahead and one after the other,
 * kept while idle, replaced when they die. An init that fails ends that until it is asked for again: AWS goes on trying.
 */
export class ProvisionedEnvironments {
  readonly #settings: ProvisioningSettings;
  /** By deployment. */
  readonly #provisionings = new Map<string, Provisioning>();
  readonly #filling = new Set<Promise<void>>();
  #isStopped = false;

  constructor(settings: ProvisioningSettings) {
    this.#settings = settings;
  }

  /** 0 gives up all of them; those in use end when they are done. */
  set(record: FunctionRecord, wanted: number): void {
    const known = this.#provisionings.get(record.deploymentId);
    if (known === undefined && wanted === 0) return;
    const provisioning = known ?? newProvisioning(record);
    provisioning.wanted = wanted;
    provisioning.hasFailed = false;
    provisioning.unusedLosses = 0;
    if (wanted === 0) this.#provisionings.delete(record.deploymentId);
    else this.#provisionings.set(record.deploymentId, provisioning);
    while (provisioning.allocated.size > wanted) {
      const environment = provisioning.ready.pop();
      if (environment === undefined) break;
      this.#giveUp(provisioning, environment);
    }
    if (wanted === 0) provisioning.starting?.abort();
    this.#fill(provisioning);
  }

  status(record: FunctionRecord): ProvisioningStatus {
    const { wanted = 0, allocated, hasFailed = false } = this.#provisionings.get(record.deploymentId) ?? {};
    const count = Math.min(wanted, allocated?.size ?? 0);
    if (hasFailed) return { status: 'FAILED', allocated: count };
    return { status: count === wanted ? 'READY' : 'IN_PROGRESS', allocated: count };
  }

  /** Of all versions of a function. */
  wantedOf(functionName: string): number {
    let wanted = 0;
    for (const provisioning of this.#provisionings.values()) {
      if (provisioning.record.name === functionName) wanted += provisioning.wanted;
    }
    return wanted;
  }

  hasReady(record: FunctionRecord): boolean {
    return (this.#provisionings.get(record.deploymentId)?.ready.length ?? 0) > 0;
  }

  take(record: FunctionRecord): ExecutionEnvironment | undefined {
    const environment = this.#provisionings.get(record.deploymentId)?.ready.pop();
    if (environment !== undefined) environment.onLost = () => {};
    return environment;
  }

  release(environment: ExecutionEnvironment, isUsable: boolean): void {
    const provisioning = this.#provisionings.get(environment.record.deploymentId);
    if (provisioning === undefined || this.#isStopped) {
      this.#settings.end(environment);
      return;
    }
    const isWanted = provisioning.allocated.size <= provisioning.wanted;
    if (isUsable && isWanted && environment.isInitialised) {
      provisioning.unusedLosses = 0;
      this.#putReady(provisioning, environment);
      return;
    }
    this.#giveUp(provisioning, environment);
    this.#fill(provisioning);
  }

  /** Resolves when nothing is being started any more and what was idle has been handed over to its end. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const provisioning of this.#provisionings.values()) {
      provisioning.starting?.abort();
      for (const environment of provisioning.ready.splice(0)) this.#giveUp(provisioning, environment);
    }
    await Promise.all(this.#filling);
  }

  #fill(provisioning: Provisioning): void {
    if (provisioning.isFilling) return;
    provisioning.isFilling = true;
    const filling = this.#startMissing(provisioning)
      .catch((fault: unknown) => {
        provisioning.hasFailed = true;
        this.#settings.onFault(fault, `the provisioning of ${provisioning.record.arn}`);
      })
      .finally(() => {
        provisioning.isFilling = false;
        this.#filling.delete(filling);
      });
    this.#filling.add(filling);
  }

  async #startMissing(provisioning: Provisioning): Promise<void> {
    while (this.#isShort(provisioning)) {
      const environment = this.#settings.create(provisioning.record);
      provisioning.starting = environment;
      let isPrepared = false;
      try {
        isPrepared = await environment.prepare();
      } catch (fault) {
        // Not one of an environment that was given up while it started.
        if (this.#isShort(provisioning)) throw fault;
      } finally {
        provisioning.starting = undefined;
        if (!isPrepared || !this.#isShort(provisioning)) this.#settings.end(environment);
      }
      if (!this.#isShort(provisioning)) return;
      if (!isPrepared) {
        provisioning.hasFailed = true;
        return;
      }
      provisioning.allocated.add(environment);
      this.#putReady(provisioning, environment);
      this.#settings.onReady();
    }
  }

  #isShort({ allocated, wanted, hasFailed }: Provisioning): boolean {
    return !this.#isStopped && !hasFailed && allocated.size < wanted;
  }

  #putReady(provisioning: Provisioning, environment: ExecutionEnvironment): void {
    provisioning.ready.push(environment);
    environment.onLost = () => {
      provisioning.ready.splice(provisioning.ready.indexOf(environment), 1);
      provisioning.unusedLosses += 1;
      if (provisioning.unusedLosses > MAXIMUM_UNUSED_LOSSES) provisioning.hasFailed = true;
      this.#giveUp(provisioning, environment);
      this.#fill(provisioning);
    };
  }

  #giveUp(provisioning: Provisioning, environment: ExecutionEnvironment): void {
    environment.onLost = () => {};
    provisioning.allocated.delete(environment);
    this.#settings.end(environment);
  }
}

function newProvisioning(record: FunctionRecord): Provisioning {
  return {
    record,
    wanted: 0,
    allocated: new Set(),
    ready: [],
    starting: undefined,
    isFilling: false,
    unusedLosses: 0,
    hasFailed: false,
  };
}
