import { LoadError } from '../errors.ts';
import type { SentSample } from '../sample.ts';

/** When a load began and ended, in epoch ms. LoadError where nothing was sent: there is nothing to report then. */
export function runTimes(sent: readonly SentSample[]): { readonly startMs: number; readonly endMs: number } {
  if (sent.length === 0) {
    throw new LoadError(
      'None of the samples was sent, expected at least one request of the load. Was the load stopped at once?',
    );
  }
  return sent.reduce(
    ({ startMs, endMs }, { dueAtMs, endedAtMs }) => ({
      startMs: Math.min(startMs, dueAtMs),
      endMs: Math.max(endMs, endedAtMs),
    }),
    { startMs: Number.POSITIVE_INFINITY, endMs: Number.NEGATIVE_INFINITY },
  );
}
