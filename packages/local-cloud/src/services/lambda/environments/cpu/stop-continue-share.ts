import { signalGroup } from '../process-facts.ts';
import type { CpuShare } from './cpu-shares.ts';
import { GroupCpuTime } from './group-cpu-time.ts';
import { PERIOD_MS } from './share-of-memory.ts';

/** Periods whose credit a process keeps that wanted to run all the time and could not. */
const KEPT_PERIODS = 10;
/** A process that ran or waited for a core for this part of the time that it was let run did so all the time. */
const HUNGRY_SHARE = 0.5;
const SHORTEST_LOOK_MS = 1;

/**
 * A share by SIGSTOP and SIGCONT on the process group, where the kernel's quota is not permitted. What the group really
 * used is read from the kernel (schedstat) at every look and taken from its credit, so that signals and timers that come
 * late make one run longer and the next shorter: the share is right over a few periods. Children that have left the group
 * are neither stopped nor counted.
 */
export class StopContinueShare implements CpuShare {
  readonly #pid: number;
  readonly #quotaMs: number;
  readonly #used: GroupCpuTime;
  #creditMs: number;
  #periodStartedAt = performance.now();
  #lookedAt = performance.now();
  /** Since the last refill: let run, and running or waiting for a core. */
  #letRunMs = 0;
  #wantedMs = 0;
  /** In an invocation. */
  #isActive = false;
  /** Not stopped by us. */
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;

  /** `share` of one core. */
  constructor(pid: number, share: number) {
    this.#pid = pid;
    this.#quotaMs = share * PERIOD_MS;
    this.#creditMs = this.#quotaMs;
    this.#used = new GroupCpuTime(pid);
  }

  begin(): void {
    // What was used before, by init above all, is not counted.
    this.#used.read();
    this.#lookedAt = performance.now();
    this.#letRunMs = 0;
    this.#wantedMs = 0;
    this.#isRunning = true;
    this.#isActive = true;
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
    this.#refill(now);
    const mayRun = this.#creditMs > 0;
    if (mayRun !== this.#isRunning) {
      signalGroup(this.#pid, mayRun ? 'SIGCONT' : 'SIGSTOP');
      this.#isRunning = mayRun;
    }
    const periodEndsInMs = this.#periodStartedAt + PERIOD_MS - now;
    const waitMs = mayRun ? Math.min(this.#creditMs, periodEndsInMs) : periodEndsInMs;
    this.#timer = setTimeout(() => this.#look(), Math.max(SHORTEST_LOOK_MS, waitMs));
  }

  #account(now: number): void {
    const { cpuMs, waitingMs } = this.#used.read();
    this.#creditMs -= cpuMs;
    this.#wantedMs += cpuMs + waitingMs;
    if (this.#isRunning) this.#letRunMs += now - this.#lookedAt;
    this.#lookedAt = now;
  }

  /** As the kernel does: unused credit is lost to a process that did not want it. It is kept where we were late. */
  #refill(now: number): void {
    const periods = Math.floor((now - this.#periodStartedAt) / PERIOD_MS);
    if (periods === 0) return;
    const isHungry = this.#wantedMs > 0 && this.#wantedMs >= HUNGRY_SHARE * this.#letRunMs;
    const mostMs = this.#quotaMs * (isHungry ? KEPT_PERIODS : 1);
    this.#creditMs = Math.min(this.#creditMs + periods * this.#quotaMs, mostMs);
    this.#periodStartedAt += periods * PERIOD_MS;
    this.#letRunMs = 0;
    this.#wantedMs = 0;
  }
}
