import { Worker } from 'node:worker_threads';

/** Wakes the caller at a point in time. */
export interface Alarm {
  /** Calls `ring` once, as soon as the clock has reached `atMs`; takes the place of an earlier call. */
  set(atMs: number, ring: () => void): void;
  close(): Promise<void>;
}

/** Two words between the threads: how often the alarm was set, and the time it was last set to. */
export interface AlarmMemory {
  readonly memory: SharedArrayBuffer;
  readonly offsetMs: number;
}

/**
 * An alarm that a thread of its own rings. setTimeout knows whole milliseconds only (about 0.7 ms late), and waiting
 * the rest busily takes a core at 200 requests a second and keeps answers waiting. That thread sleeps in the kernel
 * until the very time, then sends a message: a tenth of a millisecond, and no CPU while nothing is due.
 */
export function threadAlarm(offsetMs: number, onFailure: (error: unknown) => void): Alarm {
  const memory = new SharedArrayBuffer(16);
  const times = new Int32Array(memory, 0, 1);
  const at = new Float64Array(memory, 8, 1);
  at[0] = Number.POSITIVE_INFINITY;
  const workerData: AlarmMemory = { memory, offsetMs };
  const thread = new Worker(new URL('./alarm-thread.ts', import.meta.url), { workerData });
  let ring: (() => void) | undefined;
  thread.on('message', (rungTimes: number) => {
    // It may have been set anew while the message was on its way: that setting has its own message.
    if (rungTimes !== Atomics.load(times, 0)) return;
    const call = ring;
    ring = undefined;
    call?.();
  });
  thread.on('error', onFailure);
  return {
    set: (atMs, callback) => {
      ring = callback;
      at[0] = atMs;
      Atomics.add(times, 0, 1);
      Atomics.notify(times, 0);
    },
    close: async () => {
      ring = undefined;
      await thread.terminate();
    },
  };
}
