import { PERIOD_MS } from './share-of-memory.ts';

/** Periods whose credit a group keeps that wanted to run all the time and could not. */
const KEPT_PERIODS = 10;
/** A group that ran or waited for a core for this part of the time that it was let run did so all the time. */
const HUNGRY_SHARE = 0.5;

/** Since the last look, of all threads together. */
export interface CpuUse {
  readonly cpuMs: number;
  /** For a core. */
  readonly waitingMs: number;
}

/**
 * What a group may still use: a quota in every period, as the kernel's own. What it really used is taken from it, so that
 * looks that come late make one run longer and the next shorter: the share is right over a few periods.
 */
export class CpuCredit {
  readonly #quotaMs: number;
  #creditMs: number;
  #periodStartedAt: number;
  /** Since the last refill: let run, and running or waiting for a core. */
  #letRunMs = 0;
  #wantedMs = 0;
  #isHungry = false;

  /** `share` of one core. Times are those of one clock, in milliseconds. */
  constructor(share: number, nowMs: number) {
    this.#quotaMs = share * PERIOD_MS;
    this.#creditMs = this.#quotaMs;
    this.#periodStartedAt = nowMs;
  }

  /** After a time in which the group was not meant to run: what it did not use is lost. */
  resume(nowMs: number): void {
    this.#isHungry = false;
    this.#letRunMs = 0;
    this.#wantedMs = 0;
    this.#refill(nowMs);
  }

  /** To be called at every look. `letRunMs`: how much of the time since the last one the group was not stopped. */
  account(nowMs: number, { cpuMs, waitingMs }: CpuUse, letRunMs: number): void {
    this.#creditMs -= cpuMs;
    this.#wantedMs += cpuMs + waitingMs;
    this.#letRunMs += letRunMs;
    this.#refill(nowMs);
  }

  get mayRun(): boolean {
    return this.#creditMs > 0;
  }

  /** When the credit is used up, or there is more of it. */
  nextLookInMs(nowMs: number): number {
    const periodEndsInMs = this.#periodStartedAt + PERIOD_MS - nowMs;
    return this.mayRun ? Math.min(this.#creditMs, periodEndsInMs) : periodEndsInMs;
  }

  /** As the kernel does: unused credit is lost to a group that did not want it. It is kept where we were late. */
  #refill(nowMs: number): void {
    const periods = Math.floor((nowMs - this.#periodStartedAt) / PERIOD_MS);
    if (periods === 0) return;
    // One that was stopped all the time wants what it wanted before.
    if (this.#letRunMs > 0) this.#isHungry = this.#wantedMs >= HUNGRY_SHARE * this.#letRunMs;
    const mostMs = this.#quotaMs * (this.#isHungry ? KEPT_PERIODS : 1);
    this.#creditMs = Math.min(this.#creditMs + periods * this.#quotaMs, mostMs);
    this.#periodStartedAt += periods * PERIOD_MS;
    this.#letRunMs = 0;
    this.#wantedMs = 0;
  }
}
