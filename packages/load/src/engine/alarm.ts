import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { clockWithOffset } from './clock.ts';

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

interface Setting {
  readonly atMs: number;
  readonly ring: () => void;
}

/**
 * A wait so long leaves time to be woken early and to poll the rest: a twentieth of a core at the very most. A machine at rest
 * wakes a thread milliseconds late: at one request a second the p99 of sent - due was 3.7 ms woken 1 ms early, 1.1 ms with 5.
 */
const longWaitMs = 100;
const earlyMs = 5;

/**
 * An alarm that a thread of its own rings. setTimeout knows whole milliseconds only (about 0.7 ms late), and waiting
 * the rest busily takes most of a core at 1,000 requests a second and keeps answers waiting. That thread sleeps in the
 * kernel until the very time, then sends a message: a tenth of a millisecond, a few percent of a core. After a long wait
 * both threads have cooled down, so it rings early and the event loop is polled (answers are still taken) until the time.
 * Resolves when that thread is there.
 */
export async function threadAlarm(offsetMs: number, onFailure: (error: unknown) => void): Promise<Alarm> {
  const nowMs = clockWithOffset(offsetMs);
  const memory = new SharedArrayBuffer(16);
  const times = new Int32Array(memory, 0, 1);
  const at = new Float64Array(memory, 8, 1);
  at[0] = Number.POSITIVE_INFINITY;
  const workerData: AlarmMemory = { memory, offsetMs };
  const thread = new Worker(new URL('./alarm-thread.ts', import.meta.url), { workerData, execArgv: [] });
  // On a busy machine it takes a second to start, and the first request would be as late.
  await once(thread, 'message');
  let pending: Setting | undefined;

  const pollUntilDue = (setting: Setting | undefined): void => {
    // Another setting has taken its place and polls for itself.
    if (setting === undefined || setting !== pending) return;
    if (nowMs() < setting.atMs) {
      setImmediate(pollUntilDue, setting);
      return;
    }
    pending = undefined;
    setting.ring();
  };
  thread.on('message', (rungTimes: number) => {
    // It may have been set anew while the message was on its way: that setting has its own message.
    if (rungTimes === Atomics.load(times, 0)) pollUntilDue(pending);
  });
  thread.on('error', onFailure);
  return {
    set: (atMs, ring) => {
      pending = { atMs, ring };
      at[0] = atMs - nowMs() > longWaitMs ? atMs - earlyMs : atMs;
      Atomics.add(times, 0, 1);
      Atomics.notify(times, 0);
    },
    close: async () => {
      pending = undefined;
      await thread.terminate();
    },
  };
}
