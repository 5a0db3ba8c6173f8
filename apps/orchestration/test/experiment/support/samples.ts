import { eventsCell } from '../../../src/experiment/events-cell.ts';
import type { Point } from '../../../src/experiment/points.ts';
import type { Sample } from '../../../src/experiment/sample.ts';
import type { TimedEvent } from '../../../src/history/timed-event.ts';
import { chainHistory, parallelHistory, type TaskTimes } from '../../support/history.ts';

/** A row of an execution that succeeded warm, with its events; tests change what they are about. */
export function sampleOf(
  point: Point,
  repetition: number,
  events: readonly TimedEvent[],
  change: Partial<Sample> = {},
): Sample {
  const { work, ...rest } = point;
  const kind = point.workflowType === 'STANDARD' ? 'execution' : 'express';
  return {
    ...rest,
    unit: `${work}#${repetition}`,
    phase: 'measured',
    status: 'SUCCEEDED',
    error: null,
    executionArn: `arn:aws:states:us-east-1:000000000000:${kind}:lab:${point.arm}-${repetition}`,
    startedAtMs: events[0]?.atMs ?? 0,
    endedAtMs: events.at(-1)?.atMs ?? 0,
    coldEnvironments: 0,
    probeBilledMs: 2 * point.size,
    probeInvocations: point.size,
    probeMemoryMb: 128,
    logBytes: 500 * point.size,
    triggerBilledMs: point.part === 'lab' ? 10 : 0,
    triggerInvocations: point.part === 'lab' ? 1 : 0,
    triggerMemoryMb: 256,
    targetLabel: 'cloud (local)',
    architecture: 'x86_64',
    events: eventsCell(events),
    ...change,
  };
}

interface ChainShape {
  readonly atMs: number;
  readonly size: number;
  /** From the begin of a handler to its end. */
  readonly workMs: number;
  /** TaskSucceeded to the next TaskStateEntered. */
  readonly gapMs: number;
  /** Before the handler, and as much after it. */
  readonly dispatchMs: number;
}

/** A chain whose every task takes the same: from handler to handler it is a gap and two dispatches. */
export function evenChain({ atMs, size, workMs, gapMs, dispatchMs }: ChainShape): readonly TimedEvent[] {
  const stepMs = workMs + gapMs + 2 * dispatchMs;
  return chainHistory(
    Array.from({ length: size }, (_none, index): TaskTimes => {
      const enteredAtMs = atMs + index * stepMs;
      const finishedAtMs = enteredAtMs + dispatchMs + workMs;
      return {
        stateName: `step-${index + 1}`,
        enteredAtMs,
        startedAtMs: enteredAtMs + dispatchMs,
        invokedAtMs: enteredAtMs + dispatchMs,
        finishedAtMs,
        succeededAtMs: finishedAtMs + dispatchMs,
        exitedAtMs: finishedAtMs + dispatchMs,
      };
    }),
  );
}

/** A Parallel whose last branch starts so long after it was entered, its handler as long again after that. */
export function evenParallel(atMs: number, width: number, fanOutMs: number, workMs: number) {
  const tasks = Array.from({ length: width }, (_none, index): TaskTimes => {
    const startedAtMs = atMs + (fanOutMs * (index + 1)) / width;
    const invokedAtMs = startedAtMs + fanOutMs;
    return {
      stateName: `P${index + 1}`,
      enteredAtMs: atMs,
      startedAtMs,
      invokedAtMs,
      finishedAtMs: invokedAtMs + workMs,
      succeededAtMs: invokedAtMs + workMs,
      exitedAtMs: invokedAtMs + workMs,
    };
  });
  return parallelHistory({ enteredAtMs: atMs, exitedAtMs: atMs + 2 * fanOutMs + workMs }, tasks);
}
