import { StopRequested } from './errors.ts';
import { exitCodes } from './exit-codes.ts';

/** The one AbortSignal of a run, and who pulls it. */
export interface Stop {
  readonly signal: AbortSignal;
  /** First call: stop cleanly. Second: leave at once. The terminal UI calls it for `q` and Ctrl-C. */
  readonly request: () => void;
  readonly dispose: () => void;
}

/** SIGTERM and a closed terminal ask for the same as Ctrl-C, and end with the same exit code. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal stops cleanly and leaves a run that can be resumed; a second one forces. */
export function stopOnSignals(): Stop {
  const controller = new AbortController();
  const request = () => {
    // Children notice that their parent's channel closed and end by themselves.
    if (controller.signal.aborted) process.exit(exitCodes.stopped);
    controller.abort(new StopRequested());
  };
  // Nobody reads any more (`| head`): to go on would be work for nothing. Every further write fails too, and forces nothing.
  const readerGone = () => controller.abort(new StopRequested());
  for (const signal of signals) process.on(signal, request);
  process.stdout.on('error', readerGone);
  return {
    signal: controller.signal,
    request,
    dispose: () => {
      for (const signal of signals) process.off(signal, request);
      process.stdout.off('error', readerGone);
    },
  };
}
