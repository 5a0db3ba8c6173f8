import type { IntervalResult } from '@skyground/statistics';
import { executionFigures } from './execution-figures.ts';
import type { WorkflowType } from './parameters.ts';
import { type SweepName, sweeps } from './points.ts';
import { isCompared, type Sample } from './sample.ts';
import { meanInterval, medianInterval } from './spread.ts';

/** Of one execution of a sweep. What a chain of one task has no gap for is null. */
export interface SweepValues {
  /** TaskSucceeded to the next TaskStateEntered, mean of the chain; of a Parallel ParallelStateEntered to the last TaskStarted. */
  readonly eventMs: number | null;
  /** End of a handler to the begin of the next, mean of the chain; of a Parallel ParallelStateEntered to the begin of the last one. */
  readonly handlerMs: number | null;
  /** All gaps of the chain together; of a Parallel the same as above. */
  readonly eventTotalMs: number;
  readonly handlerTotalMs: number;
  /** Shares of the duration, in percent. */
  readonly eventPercent: number;
  readonly handlerPercent: number;
  /** From the first task entered to the last exited, or of the Parallel state. */
  readonly durationMs: number;
}

/** All executions of one point that are compared. */
export interface SweepPoint {
  readonly workflowType: WorkflowType;
  /** What was varied: ms, tasks, branches or bytes. */
  readonly x: number;
  readonly executions: readonly SweepValues[];
}

/** By what was varied, ascending; empty where it was not swept. */
export type SweepSummary = Readonly<Record<SweepName, readonly SweepPoint[]>>;

export function sweepSummary(samples: readonly Sample[]): SweepSummary {
  const of = (name: SweepName) =>
    pointsOf(
      samples.filter((sample) => sample.part === name && isCompared(sample)),
      variedBy(name),
    );
  const [duration, length, width, payload] = sweeps.map(of);
  return { duration: duration ?? [], length: length ?? [], width: width ?? [], payload: payload ?? [] };
}

/** What of a row the sweep varied. */
function variedBy(name: SweepName): (sample: Sample) => number {
  switch (name) {
    case 'duration':
      return ({ workMs }) => workMs;
    case 'length':
    case 'width':
      return ({ size }) => size;
    case 'payload':
      return ({ payloadBytes }) => payloadBytes;
  }
}

function pointsOf(samples: readonly Sample[], xOf: (sample: Sample) => number): readonly SweepPoint[] {
  const groups = Map.groupBy(samples, (sample) => `${sample.workflowType} ${xOf(sample)}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { workflowType } = first;
      return [{ workflowType, x: xOf(first), executions: group.flatMap(valuesOf) }];
    })
    .toSorted((a, b) => a.x - b.x);
}

function valuesOf(sample: Sample): readonly SweepValues[] {
  const result = executionFigures(sample);
  if (result.kind === 'incomplete') return [];
  const { figures } = result;
  if (figures.path === 'PARALLEL') {
    const { fanOutDelayMs, handlerFanOutDelayMs, overheadPercent, handlerOverheadPercent, durationMs } =
      figures.parallel;
    return [
      {
        eventMs: fanOutDelayMs,
        handlerMs: handlerFanOutDelayMs,
        eventTotalMs: fanOutDelayMs,
        handlerTotalMs: handlerFanOutDelayMs,
        eventPercent: overheadPercent,
        handlerPercent: handlerOverheadPercent,
        durationMs,
      },
    ];
  }
  const { chain } = figures;
  const gaps = chain.gapsMs.length;
  return [
    {
      eventMs: gaps === 0 ? null : chain.totalOverheadMs / gaps,
      handlerMs: gaps === 0 ? null : chain.totalHandlerGapMs / gaps,
      eventTotalMs: chain.totalOverheadMs,
      handlerTotalMs: chain.totalHandlerGapMs,
      eventPercent: chain.overheadPercent,
      handlerPercent: chain.handlerOverheadPercent,
      durationMs: chain.totalInternalMs,
    },
  ];
}

/** One figure of each execution of a point, without those that have none. */
export function valuesAt(point: SweepPoint, name: keyof SweepValues): readonly number[] {
  return point.executions.flatMap((values) => values[name] ?? []);
}

/** Events have whole milliseconds, of which a median hides what lies below one; outliers move the median of the others less. */
export const statisticOf = (name: keyof SweepValues): 'mean' | 'median' =>
  name.startsWith('event') ? 'mean' : 'median';

/** What tables and charts show of a point. */
export function figureAt(point: SweepPoint, name: keyof SweepValues): IntervalResult {
  const values = valuesAt(point, name);
  return statisticOf(name) === 'mean' ? meanInterval(values) : medianInterval(values);
}

export function ofType(points: readonly SweepPoint[], workflowType: WorkflowType): readonly SweepPoint[] {
  return points.filter((point) => point.workflowType === workflowType);
}

/** Types that were swept, Standard first. */
export function typesIn(points: readonly SweepPoint[]): readonly WorkflowType[] {
  const types = new Set(points.map(({ workflowType }) => workflowType));
  return (['STANDARD', 'EXPRESS'] as const).filter((type) => types.has(type));
}
