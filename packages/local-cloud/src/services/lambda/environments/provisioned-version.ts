import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** Environments that may die in a row without ever having served before no more are made. */
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

/**
 * The provisioned environments of one version: initialised ahead, one after the other, kept while idle, replaced when they
 * die. An init that fails ends that until it is asked for again: AWS goes on trying.
 */
export class ProvisionedVersion {
  readonly record: FunctionRecord;
  readonly #settings: ProvisioningSettings;
  /** Initialised ones, in use or not. */
  readonly #allocated = new Set<ExecutionEnvironment>();
  readonly #ready: ExecutionEnvironment[] = [];
  #wanted = 0;
  #starting: ExecutionEnvironment | undefined;
  #filling: Promise<void> | undefined;
  #unusedLosses = 0;
  #hasFailed = false;

  constructor(record: FunctionRecord, settings: ProvisioningSettings) {
    this.record = record;
    this.#settings = settings;
  }

  get wanted(): number {
    return this.#wanted;
  }

  get status(): ProvisioningStatus {
    const allocated = Math.min(this.#wanted, this.#allocated.size);
    if (this.#hasFailed) return { status: 'FAILED', allocated };
    return { status: allocated === this.#wanted ? 'READY' : 'IN_PROGRESS', allocated };
  }

  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Those in use that are too many end when they are done. Resolves when none is being started any more. */
  async resize(wanted: number): Promise<void> {
    this.#wanted = wanted;
    this.#hasFailed = false;
    this.#unusedLosses = 0;
    while (this.#allocated.size > wanted) {
      const environment = this.#ready.pop();
      if (environment === undefined) break;
      this.#giveUp(environment);
    }
    if (wanted === 0) this.#starting?.abort();
    this.#fill();
    await this.#filling;
  }

  take(): ExecutionEnvironment | undefined {
    const environment = this.#ready.pop();
    if (environment !== undefined) environment.onLost = () => {};
    return environment;
  }

  release(environment: ExecutionEnvironment, isUsable: boolean): void {
    if (isUsable && environment.isInitialised && this.#allocated.size <= this.#wanted) {
      this.#unusedLosses = 0;
      this.#putReady(environment);
      return;
    }
    this.#giveUp(environment);
    this.#fill();
  }

  get #isShort(): boolean {
    return !this.#hasFailed && this.#allocated.size < this.#wanted;
  }

  #fill(): void {
    this.#filling ??= this.#startMissing()
      .catch((fault: unknown) => {
        this.#hasFailed = true;
        this.#settings.onFault(fault, `the provisioning of ${this.record.arn}`);
      })
      .finally(() => {
        this.#filling = undefined;
      });
  }

  async #startMissing(): Promise<void> {
    while (this.#isShort) {
      const environment = this.#settings.create(this.record);
      this.#starting = environment;
      let isPrepared = false;
      try {
        isPrepared = await environment.prepare();
      } catch (fault) {
        // Not one of an environment that was given up while it started.
        if (this.#isShort) throw fault;
      } finally {
        this.#starting = undefined;
        if (!isPrepared || !this.#isShort) this.#settings.end(environment);
      }
      if (!this.#isShort) return;
      if (!isPrepared) {
        this.#hasFailed = true;
        return;
      }
      this.#allocated.add(environment);
      this.#putReady(environment);
      this.#settings.onReady();
    }
  }

  #putReady(environment: ExecutionEnvironment): void {
    this.#ready.push(environment);
    environment.onLost = () => {
      this.#ready.splice(this.#ready.indexOf(environment), 1);
      this.#unusedLosses += 1;
      if (this.#unusedLosses > MAXIMUM_UNUSED_LOSSES) this.#hasFailed = true;
      this.#giveUp(environment);
      this.#fill();
    };
  }

  #giveUp(environment: ExecutionEnvironment): void {
    environment.onLost = () => {};
    this.#allocated.delete(environment);
    this.#settings.end(environment);
  }
}
