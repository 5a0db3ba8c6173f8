import { StopRequested } from './errors.ts';
import { exitCodes } from './exit-codes.ts';

/** The one AbortSignal of a run, and who pulls it. */
export interface Stop {
  readonly signal: AbortSignal;
  /** First call: stop cleanly. Second: leave at once. The terminal UI calls it for `q` and Ctrl-C. */
  request(): void;
  dispose(): void;
}

/** First SIGINT or SIGTERM stops cleanly and leaves a run that can be resumed; a second one forces. */
export function stopOnSignals(): Stop {
  const controller = new AbortController();
  const request = () => {
    // Children notice that their parent's channel closed and end by themselves.
    if (controller.signal.aborted) process.exit(exitCodes.stopped);
    controller.abort(new StopRequested());
  };
  process.on('SIGINT', request);
  process.on('SIGTERM', request);
  return {
    signal: controller.signal,
    request,
    dispose: () => {
      process.off('SIGINT', request);
      process.off('SIGTERM', request);
    },
  };
}
