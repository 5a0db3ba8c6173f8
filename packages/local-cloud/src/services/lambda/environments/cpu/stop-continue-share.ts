import { signalGroup } from '../process-facts.ts';
import { CpuCredit } from './cpu-credit.ts';
import type { CpuShare } from './cpu-shares.ts';
import { GroupCpuTime } from './group-cpu-time.ts';
import type { ProcessGroups } from './process-groups.ts';

const SHORTEST_LOOK_MS = 1;

/**
 * A share by SIGSTOP and SIGCONT on the process group, where the kernel's quota is not permitted, with what the group really
 * used read from the kernel at every look. Children that have left the group are neither stopped nor counted.
 */
export class StopContinueShare implements CpuShare {
  readonly #pid: number;
  readonly #credit: CpuCredit;
  readonly #used: GroupCpuTime;
  #lookedAt = 0;
  #isActive = false;
  /** Not stopped by us. */
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;

  /** `share` of one core. */
  constructor(pid: number, share: number, groups: ProcessGroups) {
    this.#pid = pid;
    this.#credit = new CpuCredit(share, performance.now());
    this.#used = new GroupCpuTime(pid, groups);
  }

  begin(): void {
    if (this.#isActive) return;
    this.#isActive = true;
    this.#isRunning = true;
    // What was used before, by init above all, is not counted.
    this.#used.read();
    this.#lookedAt = performance.now();
    this.#credit.resume(this.#lookedAt);
    this.#look();
  }

  pause(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    clearTimeout(this.#timer);
    this.#account(performance.now());
  }

  async end(): Promise<void> {
    this.pause();
  }

  #look(): void {
    const now = performance.now();
    this.#account(now);
    const { mayRun } = this.#credit;
    if (mayRun !== this.#isRunning) {
      signalGroup(this.#pid, mayRun ? 'SIGCONT' : 'SIGSTOP');
      this.#isRunning = mayRun;
    }
    const waitMs = Math.max(SHORTEST_LOOK_MS, this.#credit.nextLookInMs(now));
    this.#timer = setTimeout(() => this.#look(), waitMs);
  }

  #account(now: number): void {
    this.#credit.account(now, this.#used.read(), this.#isRunning ? now - this.#lookedAt : 0);
    this.#lookedAt = now;
  }
}
