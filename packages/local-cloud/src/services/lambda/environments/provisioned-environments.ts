import type { FunctionRecord } from '../function-record.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import {
  ProvisionedVersion,
  type ProvisioningSettings,
  type ProvisioningStatus,
} from './provisioned-version.ts';

/** Provisioned concurrency: the environments that are kept ready for published versions. */
export class ProvisionedEnvironments {
  readonly #settings: ProvisioningSettings;
  /** By deployment, so that a new function of a deleted one's name has nothing of it. */
  readonly #versions = new Map<string, ProvisionedVersion>();
  readonly #resizing = new Set<Promise<void>>();

  constructor(settings: ProvisioningSettings) {
    this.#settings = settings;
  }

  /** 0 gives up all of them. */
  set(record: FunctionRecord, wanted: number): void {
    const known = this.#versions.get(record.deploymentId);
    if (known === undefined && wanted === 0) return;
    const version = known ?? new ProvisionedVersion(record, this.#settings);
    if (wanted === 0) this.#versions.delete(record.deploymentId);
    else this.#versions.set(record.deploymentId, version);
    const resizing = version.resize(wanted).finally(() => this.#resizing.delete(resizing));
    this.#resizing.add(resizing);
  }

  status(record: FunctionRecord): ProvisioningStatus {
    return this.#versions.get(record.deploymentId)?.status ?? { status: 'READY', allocated: 0 };
  }

  /** Of all versions of a function. */
  wantedOf(functionName: string): number {
    let wanted = 0;
    for (const version of this.#versions.values()) {
      if (version.record.name === functionName) wanted += version.wanted;
    }
    return wanted;
  }

  hasReady(record: FunctionRecord): boolean {
    return this.#versions.get(record.deploymentId)?.hasReady ?? false;
  }

  take(record: FunctionRecord): ExecutionEnvironment | undefined {
    return this.#versions.get(record.deploymentId)?.take();
  }

  release(environment: ExecutionEnvironment, isUsable: boolean): void {
    const version = this.#versions.get(environment.record.deploymentId);
    if (version === undefined) this.#settings.end(environment);
    else version.release(environment, isUsable);
  }

  /** Resolves when none is being started any more and those not in use have been handed over to their end. */
  async stop(): Promise<void> {
    for (const { record } of this.#versions.values()) this.set(record, 0);
    await Promise.all(this.#resizing);
  }
}
