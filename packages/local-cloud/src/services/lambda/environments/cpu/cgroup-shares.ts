import { createHash } from 'node:crypto';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CgroupParent, findCgroupParent, writeQuota } from './cgroup-parent.ts';
import type { CpuShare, CpuShares } from './cpu-shares.ts';
import { shareOfMemory } from './share-of-memory.ts';

const REMOVAL_ATTEMPTS = 100;
const REMOVAL_INTERVAL_MS = 10;

/** Shares by the kernel's quota: a control group per process, in which everything that it starts stays. */
export class CgroupShares implements CpuShares {
  readonly remains: string;
  readonly #parent: CgroupParent;
  readonly #statePrefix: string;

  constructor(stateDir: string, cloudId: string) {
    const parent = findCgroupParent();
    if (parent === undefined) throw new Error('Control groups with a CPU quota are not permitted any more.');
    this.#parent = parent;
    const state = createHash('sha256').update(stateDir).digest('hex').slice(0, 16);
    this.#statePrefix = `skyground-${state}-`;
    this.remains = join(parent.folder, `${this.#statePrefix}${cloudId}`);
  }

  /** The id begins with the cloud's, and so does `remains`. */
  of(pid: number, environmentId: string, memoryMb: number): CpuShare | undefined {
    const share = shareOfMemory(memoryMb);
    if (share === undefined) return undefined;
    const folder = join(this.#parent.folder, `${this.#statePrefix}${environmentId}-${pid}`);
    mkdirSync(folder);
    try {
      writeFileSync(join(folder, 'cgroup.procs'), String(pid));
    } catch (error) {
      rmdirSync(folder);
      // A process that has ended already is its starter's to notice.
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return undefined;
      throw error;
    }
    return new CgroupShare(folder, this.#parent.version, share);
  }

  async sweep(): Promise<void> {
    for (const name of await readdir(this.#parent.folder)) {
      if (name.startsWith(this.#statePrefix)) await removeGroup(join(this.#parent.folder, name));
    }
  }
}

class CgroupShare implements CpuShare {
  readonly #folder: string;
  readonly #version: 1 | 2;
  readonly #share: number;
  #hasBegun = false;

  constructor(folder: string, version: 1 | 2, share: number) {
    this.#folder = folder;
    this.#version = version;
    this.#share = share;
  }

  /** Stays from the first invocation on: between invocations the process is stopped, and another init is another group's. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    writeQuota(this.#folder, this.#version, this.#share);
  }

  pause(): void {
    // The quota limits nothing that is stopped.
  }

  end(): Promise<void> {
    return removeGroup(this.#folder);
  }
}

/** It can be removed once the kernel has buried its processes. One that stays is removed by the guardian, or the next start. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'EBUSY';
      if (!isBusy || attempt === REMOVAL_ATTEMPTS) return;
    }
    await wait(REMOVAL_INTERVAL_MS);
  }
}
