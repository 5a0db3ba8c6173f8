import type { Clock } from '../../../clock.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';

/** Environments that may die in a row without ever having served before there is a wait. */
const MAXIMUM_UNUSED_LOSSES = 3;
/** From failure to failure twice as long. AWS tries again, too, but does not say when. */
const FIRST_RETRY_DELAY_MS = 1000;
const LAST_RETRY_DELAY_MS = 15 * 60_000;

export interface ProvisioningSettings {
  readonly clock: Clock;
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
 * die. An init that fails is tried again after a while.
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
  /** Inits that failed and environments that died unused, since one has served. */
  #failures = 0;
  /** Until one is initialised. */
  #hasFailed = false;
  #retry: AbortController | undefined;

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
    this.#failures = 0;
    this.#retry?.abort();
    this.#retry = undefined;
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
      this.#failures = 0;
      this.#putReady(environment);
      return;
    }
    this.#giveUp(environment);
    this.#fill();
  }

  get #isShort(): boolean {
    return this.#retry === undefined && this.#allocated.size < this.#wanted;
  }

  #fill(): void {
    this.#filling ??= this.#startMissing()
      .catch((fault: unknown) => {
        this.#settings.onFault(fault, `the provisioning of ${this.record.arn}`);
        this.#tryAgainLater();
      })
      .finally(() => {
        this.#filling = undefined;
        // One may have been lost while the last was being told of.
        if (this.#isShort) this.#fill();
      });
  }

  #tryAgainLater(): void {
    this.#hasFailed = true;
    this.#failures += 1;
    const delayMs = Math.min(FIRST_RETRY_DELAY_MS * 2 ** (this.#failures - 1), LAST_RETRY_DELAY_MS);
    this.#retry?.abort();
    const retry = new AbortController();
    this.#retry = retry;
    this.#settings.clock.sleep(delayMs, retry.signal).then(
      () => {
        this.#retry = undefined;
        this.#fill();
      },
      () => {
        // Resized meanwhile, or failed again.
      },
    );
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
        this.#tryAgainLater();
        return;
      }
      this.#hasFailed = false;
      this.#allocated.add(environment);
      this.#putReady(environment);
      this.#settings.onReady();
    }
  }

  #putReady(environment: ExecutionEnvironment): void {
    this.#ready.push(environment);
    environment.onLost = () => {
      this.#ready.splice(this.#ready.indexOf(environment), 1);
      this.#giveUp(environment);
      if (this.#failures >= MAXIMUM_UNUSED_LOSSES) this.#tryAgainLater();
      else {
        this.#failures += 1;
        this.#fill();
      }
    };
  }

  #giveUp(environment: ExecutionEnvironment): void {
    environment.onLost = () => {};
    this.#allocated.delete(environment);
    this.#settings.end(environment);
  }
}
