import { setTimeout as sleep } from 'node:timers/promises';
import type { RunContext } from '@skyground/experiment';
import { OrchestrationError } from '../errors.ts';
import type { Execution } from '../history/execution.ts';
import { readHistory } from '../history/read-history.ts';
import type { TimedEvent } from '../history/timed-event.ts';
import { eventsCell } from './events-cell.ts';
import type { Parameters } from './parameters.ts';
import type { Place } from './place.ts';
import type { Point } from './points.ts';
import type { Sample } from './sample.ts';
import { startExecution } from './start-execution.ts';

/** What is known of an execution before the functions' logs are read. */
export type Measured = Omit<
  Sample,
  | 'unit'
  | 'phase'
  | 'probeBilledMs'
  | 'probeMemoryMb'
  | 'triggerBilledMs'
  | 'triggerInvocations'
  | 'triggerMemoryMb'
> & {
  readonly requestIds: readonly string[];
};

type Context = Pick<RunContext<Parameters, Sample>, 'clock' | 'signal'>;

/** One execution from its start to its whole history. */
export async function measureExecution(context: Context, place: Place, point: Point): Promise<Measured> {
  const { clock, signal } = context;
  const { arm, part, workflowType, path, size, workMs, payloadBytes } = point;
  const { targetLabel, architecture, clients } = place;
  const what = { arm, part, workflowType, path, size, workMs, payloadBytes, targetLabel, architecture };
  const startedMs = clock.nowMs();
  const unknown = (status: string, error: string, executionArn: string | null): Measured => ({
    ...what,
    ...knownBy([], startedMs, clock.nowMs()),
    ...{ status, error, executionArn, logBytes: 0 },
  });
  const started = await startExecution(place, point, signal);
  if (started.kind === 'refused') return unknown('NOT_STARTED', started.reason, null);
  const { executionArn: arn } = started;
  const execution: Execution =
    workflowType === 'STANDARD'
      ? { type: 'STANDARD', arn }
      : { type: 'EXPRESS', arn, logGroup: place.expressLogGroup, startedMs };
  await sleep(quietMs(point), undefined, { signal });
  try {
    const { events, status, error, logBytes } = await readHistory(clients, execution, signal);
    return {
      ...what,
      ...knownBy(events, startedMs, clock.nowMs()),
      status,
      error,
      executionArn: arn,
      logBytes,
    };
  } catch (error) {
    if (!(error instanceof OrchestrationError)) throw error;
    return unknown('NOT_ENDED', error.message, arn);
  }
}

/**
 * How long nobody asks whether it has ended: on the embedded cloud, asking is work for the processor that it runs on, and the most
 * of it for an Express execution, whose log has to be searched. Longer than most executions take, the same for both types.
 */
function quietMs({ path, size, workMs }: Point): number {
  return 100 + 10 * size + (path === 'CHAIN' ? size * workMs : workMs);
}

function knownBy(events: readonly TimedEvent[], startedMs: number, endedMs: number) {
  const probes = events.flatMap(({ probe }) => probe ?? []);
  return {
    startedAtMs: events[0]?.atMs ?? startedMs,
    endedAtMs: events.at(-1)?.atMs ?? endedMs,
    coldEnvironments: probes.filter(({ coldStart }) => coldStart).length,
    probeInvocations: probes.length,
    requestIds: probes.map(({ requestId }) => requestId),
    events: eventsCell(events),
  };
}
