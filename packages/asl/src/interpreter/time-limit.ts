import type { Clock } from '../clock.ts';
import { sleepUntil } from './sleep.ts';

/** Gives work a signal that aborts with the outer one, or for the given reason when time is up. The timer never outlives the work. */
export async function withTimeLimit<Result>(
  clock: Clock,
  limit: { readonly seconds: number | undefined; readonly reason: Error },
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (limit.seconds === undefined) return work(outer);
  const timeUp = new AbortController();
  const ended = new AbortController();
  sleepUntil(clock, clock.now() + limit.seconds * 1000, ended.signal).then(
    () => timeUp.abort(limit.reason),
    // The work ended first.
    () => {},
  );
  try {
    return await work(AbortSignal.any([outer, timeUp.signal]));
  } finally {
    ended.abort();
  }
}

/** The result of work, or at once the signal's reason when it aborts: whether or not the work listens, and whatever it says to it. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted]);
  } catch (thrown) {
    throw signal.aborted ? signal.reason : thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
