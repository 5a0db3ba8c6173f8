import { parentPort, workerData } from 'node:worker_threads';
import type { AlarmMemory } from './alarm.ts';
import { clockWithOffset } from './clock.ts';

const { memory, offsetMs }: AlarmMemory = workerData;
const times = new Int32Array(memory, 0, 1);
const at = new Float64Array(memory, 8, 1);
const nowMs = clockWithOffset(offsetMs);

// Tells that this thread is there.
parentPort?.postMessage(null);
// Ends when the thread is terminated, which also ends its sleep.
for (;;) {
  const set = Atomics.load(times, 0);
  const remainingMs = (at[0] ?? Number.POSITIVE_INFINITY) - nowMs();
  if (remainingMs > 0) {
    Atomics.wait(times, 0, set, remainingMs);
  } else {
    parentPort?.postMessage(set);
    Atomics.wait(times, 0, set);
  }
}
