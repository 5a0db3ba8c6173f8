import { functionLog, pollIntervalMs, pollUntil } from '@skyground/cloud';
import type { Sample } from '../sample.ts';
import { invocationsOf, isComplete, type LoggedColumns, loggedColumns } from './logged-columns.ts';
import { type LoggedInvocation, loggedInvocations } from './logged-invocation.ts';
import type { MeasuredRun } from './measured-run.ts';
import type { Context, Place } from './place.ts';

export type WithLogs = Omit<MeasuredRun, 'requestIds'> & LoggedColumns & Pick<Sample, 'endToEndMs'>;

/** Waits until the logs have every function of every run that succeeded, or bring nothing new for the time given, and joins them. */
export async function withLogs(
  runs: readonly MeasuredRun[],
  place: Place,
  context: Context,
): Promise<readonly WithLogs[]> {
  const { parameters, signal } = context;
  const sinceMs = Math.min(...runs.map(({ startedAtMs }) => startedAtMs));
  let logged: readonly LoggedInvocation[] = [];
  const incomplete = () =>
    runs.filter((run) => run.outcome === 'succeeded' && !isComplete(invocationsOf(run, logged)));
  const look = async () => {
    const found = await Promise.all(
      place.functions.map(async ({ key, logGroup }) =>
        loggedInvocations(key, await functionLog(place.clients, logGroup, { sinceMs, signal })),
      ),
    );
    logged = found.flat();
    return { done: incomplete().length === 0, progress: logged.length };
  };
  await pollUntil(look, {
    intervalMs: pollIntervalMs(place.clients.target.kind),
    quietMs: parameters.waitS * 1000,
    signal,
  });
  const lost = incomplete();
  if (lost.length > 0)
    context.log(
      'warning',
      `${lost.length} of ${runs.length} runs lack the log of a function after ${parameters.waitS} s without a new line: ${lost.map(({ session }) => session).join(', ')}.`,
    );
  return runs.map(({ requestIds, ...run }) => ({
    ...run,
    endToEndMs: run.outcome === 'succeeded' ? Math.max(0, run.endedAtMs - run.startedAtMs) : null,
    ...loggedColumns(invocationsOf({ session: run.session, requestIds }, logged), place.functions),
  }));
}
