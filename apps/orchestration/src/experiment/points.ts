import { labSizes, type Parameters, type WorkflowType } from './parameters.ts';

/** What is varied. */
export const sweeps = ['duration', 'length', 'width', 'payload'] as const;
export type SweepName = (typeof sweeps)[number];

/** One way to run a workflow. */
export interface Point {
  /** CHAIN, PARALLEL, or a sweep with a type of machine. */
  readonly arm: string;
  /** What tells the points of an arm apart: `20 branches`. */
  readonly work: string;
  /** `lab`: the lab's own machine, started through its API. */
  readonly part: 'lab' | SweepName;
  readonly workflowType: WorkflowType;
  readonly path: 'CHAIN' | 'PARALLEL';
  /** Tasks of the chain, or branches of the Parallel. */
  readonly size: number;
  /** How long each task waits. */
  readonly workMs: number;
  /** Of the text that travels through the tasks; 0 for the lab's, which has none. */
  readonly payloadBytes: number;
}

/** What is not varied has the least value: no waiting, and next to nothing to carry. */
const least = { workMs: 0, payloadBytes: 32 } as const;
/**
 * Branches wait so long that all of them run at once, as on AWS: without it the first would be done before the last begins, and
 * lend it its environment.
 */
const branchWorkMs = 100;

export function labPoints(): readonly Point[] {
  return (['CHAIN', 'PARALLEL'] as const).map((path) => ({
    arm: path,
    work: 'execution',
    part: 'lab',
    workflowType: 'STANDARD',
    path,
    size: labSizes[path],
    workMs: 0,
    payloadBytes: 0,
  }));
}

/** Every point of every sweep; none without `--sweep`. */
export function sweepPoints(parameters: Parameters): readonly Point[] {
  const { sweep, durationsMs, lengths, widths, payloadBytes } = parameters;
  if (!sweep) return [];
  const chain = { path: 'CHAIN', size: labSizes.CHAIN, ...least } as const;
  return distinct(parameters.types).flatMap((workflowType): readonly Point[] => {
    const typeName = workflowType === 'STANDARD' ? 'Standard' : 'Express';
    return [
      ...distinct(durationsMs).map((workMs) => ({
        ...chain,
        arm: `duration, ${typeName}`,
        work: `${workMs} ms`,
        part: 'duration' as const,
        workflowType,
        workMs,
      })),
      ...distinct(lengths).map((size) => ({
        ...chain,
        arm: `length, ${typeName}`,
        work: `${size} tasks`,
        part: 'length' as const,
        workflowType,
        size,
      })),
      ...distinct(widths).map((size) => ({
        ...chain,
        arm: `width, ${typeName}`,
        work: `${size} branches`,
        part: 'width' as const,
        workflowType,
        path: 'PARALLEL' as const,
        size,
        workMs: branchWorkMs,
      })),
      ...distinct(payloadBytes).map((bytes) => ({
        ...chain,
        arm: `payload, ${typeName}`,
        work: `${bytes} B`,
        part: 'payload' as const,
        workflowType,
        payloadBytes: bytes,
      })),
    ];
  });
}

/** Chains and Parallels that the sweeps' machine has to hold, whichever points are asked for. */
export function workflowsOf(parameters: Parameters): {
  readonly lengths: readonly number[];
  readonly widths: readonly number[];
} {
  const { lengths, widths } = parameters;
  // Warm-up is as wide as the widest Parallel, the lab's among them.
  return {
    lengths: distinct([labSizes.CHAIN, ...lengths]).toSorted((a, b) => a - b),
    widths: distinct([labSizes.PARALLEL, ...widths]).toSorted((a, b) => a - b),
  };
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
