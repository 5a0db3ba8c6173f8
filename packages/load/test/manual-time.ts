import type { Alarm } from '../src/engine/alarm.ts';

/** A clock that goes only when told, and its alarm. */
export class ManualTime implements Alarm {
  #nowMs: number;
  #alarm: { readonly atMs: number; readonly ring: () => void } | undefined;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly nowMs = (): number => this.#nowMs;

  set(atMs: number, ring: () => void): void {
    this.#alarm = { atMs, ring };
  }

  async close(): Promise<void> {
    this.#alarm = undefined;
  }

  /** Sleeps over everything: alarms ring late, all at once, as after a thread was held up. */
  async jump(ms: number): Promise<void> {
    this.#nowMs += ms;
    await this.#ringDue();
  }

  /** Passes through every alarm on the way at its time. */
  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    while (this.#alarm !== undefined && this.#alarm.atMs <= end) {
      this.#nowMs = Math.max(this.#nowMs, this.#alarm.atMs);
      await this.#ringDue();
    }
    this.#nowMs = end;
  }

  async #ringDue(): Promise<void> {
    const alarm = this.#alarm;
    if (alarm === undefined || alarm.atMs > this.#nowMs) return;
    this.#alarm = undefined;
    alarm.ring();
    // What was asked for has to get its turn before time goes on.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
