import { Worker } from 'node:worker_threads';
import { LoadError } from '../errors.ts';
import { openSchedule } from '../model/open-schedule.ts';
import { type LoadPlan, loadPlanSchema } from '../model/plan.ts';
import type { LoadSample } from '../sample.ts';
import { utcOffsetMs } from './clock.ts';
import type { FromThread, SendingJob, ToThread } from './messages.ts';

export interface RunLoadOptions {
  /** Handed every sample once, some at a time (ten times a second); the next batch waits for its promise. */
  readonly onSamples: (samples: readonly LoadSample[]) => void | Promise<void>;
  readonly onWarning: (message: string) => void;
  /** Stops sending and gives up what is under way; those samples are handed over before `runLoad` rejects. */
  readonly signal: AbortSignal;
}

export interface LoadOutcome {
  /** Epoch ms of the start: what is due at 0 in the schedule is due then. */
  readonly startAtMs: number;
}

/**
 * Runs the load from a thread of its own and resolves when every request is over and every batch taken.
 *
 * @throws LoadError for a plan that is not valid; the signal's reason after an abort; what `onSamples` threw; a defect of
 * the sending thread
 */
export async function runLoad(
  plan: LoadPlan,
  { onSamples, onWarning, signal }: RunLoadOptions,
): Promise<LoadOutcome> {
  signal.throwIfAborted();
  const checked = loadPlanSchema.safeParse(plan);
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new LoadError(`The load's plan is not valid: ${faults.join('; ')}. Mend the plan.`, {
      cause: checked.error,
    });
  }
  const { model } = checked.data;
  const workerData: SendingJob = {
    plan: checked.data,
    schedule: model.kind === 'open' ? openSchedule(model) : null,
    offsetMs: utcOffsetMs(),
  };
  // Options of this process are not a thread's: --input-type alone would keep it from starting.
  const thread = new Worker(new URL('./sending-thread.ts', import.meta.url), { workerData, execArgv: [] });
  const finished = Promise.withResolvers<void>();
  let startAtMs = 0;
  let taken: Promise<void> = Promise.resolve();
  const stop: ToThread = 'stop';
  const onAbort = (): void => thread.postMessage(stop);

  thread.on('message', (message: FromThread) => {
    switch (message.kind) {
      case 'started':
        startAtMs = message.startAtMs;
        return;
      case 'samples':
        taken = taken.then(() => onSamples(message.samples));
        // Whoever takes samples and fails (a full disk) ends the load; `taken` is awaited below.
        taken.catch(finished.reject);
        return;
      case 'warning':
        onWarning(message.message);
        return;
      case 'finished':
        finished.resolve();
        return;
      case 'failed':
        finished.reject(new LoadError('The sending thread failed.', { cause: message.error }));
        return;
    }
  });
  thread.on('error', finished.reject);
  thread.on('exit', (code) =>
    finished.reject(
      new LoadError(
        `The sending thread ended with code ${code} before the load was over; its last samples are lost.`,
      ),
    ),
  );
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await finished.promise;
    await taken;
    signal.throwIfAborted();
    return { startAtMs };
  } finally {
    signal.removeEventListener('abort', onAbort);
    await thread.terminate();
  }
}
