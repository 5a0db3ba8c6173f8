import { parentPort, workerData } from 'node:worker_threads';
import type { LoadSample } from '../sample.ts';
import { createSender } from '../senders/create-sender.ts';
import { type Alarm, threadAlarm } from './alarm.ts';
import { clockWithOffset } from './clock.ts';
import { driveClosed } from './drive-closed.ts';
import { driveOpen } from './drive-open.ts';
import type { FromThread, SendingJob, ToThread } from './messages.ts';
import type { DriveContext } from './session.ts';
import { warmUp } from './warm-up.ts';

/** Between the loading of everything and the first request, so that it is not late. */
const leadMs = 100;
/** Samples travel in batches: what a kill can lose is one of them. */
const batchEveryMs = 100;

const { plan, schedule, offsetMs }: SendingJob = workerData;
const { model, name } = plan;
const stop = new AbortController();
let batch: LoadSample[] = [];

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

function tellSamples(): void {
  if (batch.length === 0) return;
  tell({ kind: 'samples', samples: batch });
  batch = [];
}

async function drive(alarm: Alarm): Promise<void> {
  const nowMs = clockWithOffset(offsetMs);
  const maxInFlight = model.kind === 'open' ? model.maxInFlight : model.users;
  const { requestTimeoutMs } = plan;
  if (plan.target.kind === 'http') await warmUp(alarm, nowMs, stop.signal);
  const sender = await createSender(plan.target, { nowMs, requestTimeoutMs, maxInFlight });
  const batching = setInterval(tellSamples, batchEveryMs);
  try {
    const startAtMs = nowMs() + leadMs;
    tell({ kind: 'started', startAtMs });
    const context: DriveContext = {
      name,
      sender,
      nowMs,
      alarm,
      startAtMs,
      maxInFlight,
      onSample: (sample) => batch.push(sample),
      onWarning: (message) => tell({ kind: 'warning', message }),
      signal: stop.signal,
    };
    if (model.kind === 'closed') await driveClosed(model, context);
    else await driveOpen(schedule ?? new Float64Array(), context);
  } finally {
    clearInterval(batching);
    tellSamples();
    await sender.close();
  }
}

parentPort?.on('message', (message: ToThread) => {
  if (message === 'stop') stop.abort();
});
try {
  const alarm = await threadAlarm(offsetMs, (error) => tell({ kind: 'failed', error }));
  try {
    await drive(alarm);
  } finally {
    await alarm.close();
  }
  tell({ kind: 'finished' });
} catch (error) {
  tell({ kind: 'failed', error });
} finally {
  parentPort?.close();
}
