import { CgroupShares } from './cgroup-shares.ts';
import type { CpuShareSetting } from './cpu-share-setting.ts';
import { ProcessGroups } from './process-groups.ts';
import { shareOfMemory } from './share-of-memory.ts';
import { StopContinueShare } from './stop-continue-share.ts';

/** The limit on one process and what it starts, which has all the processor time there is until it begins. */
export interface CpuShare {
  /** The process runs: it was started, or continued with an invocation. */
  begin(): void;
  /** The process is about to be stopped or killed. */
  pause(): void;
  /** The process is gone. */
  end(): Promise<void>;
}

export interface CpuShares {
  /** For a process (the leader of its group) that was just started; undefined where it is not limited. */
  of(pid: number, environmentId: string, memoryMb: number): CpuShare | undefined;
  /** What a killed cloud may leave in the file system begins with this path; undefined where it leaves nothing. */
  readonly remains: string | undefined;
  /** Removes what earlier clouds of this state folder left. */
  sweep(): Promise<void>;
}

const NO_SHARES: CpuShares = { of: () => undefined, remains: undefined, sweep: async () => {} };

export function cpuShares(setting: CpuShareSetting, stateDir: string, cloudId: string): CpuShares {
  if (setting.kind === 'off') return NO_SHARES;
  if (setting.means === 'cgroup') return new CgroupShares(stateDir, cloudId);
  const groups = new ProcessGroups();
  return {
    ...NO_SHARES,
    of: (pid, _, memoryMb) => {
      const share = shareOfMemory(memoryMb);
      return share === undefined ? undefined : new StopContinueShare(pid, share, groups);
    },
  };
}
