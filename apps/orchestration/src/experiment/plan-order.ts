import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Parameters } from './parameters.ts';
import { labPoints, type Point, sweepPoints } from './points.ts';

/** One execution of the plan. */
export interface PlannedExecution {
  readonly point: Point;
  readonly repetition: number;
}

/** From this waiting time on executions may run beside each other: their tasks wait, and their transitions are staggered. */
const longWaitMs = 500;
/** Between the transitions of two executions that run beside each other; a transition takes some milliseconds to tens of them. */
const leastDistanceMs = 100;

export interface GroupLimits {
  /** Of executions one after the other: a kill may cost so many rows. */
  readonly rows: number;
  /** Kept warm: no more executions run beside each other. */
  readonly environments: number;
}

/** Executions that are done in one go: one after the other, or beginning at equal distances while the others wait. */
export interface Group {
  readonly executions: readonly PlannedExecution[];
  /** null: each begins when the one before it has ended. */
  readonly distanceMs: number | null;
}

/**
 * All executions in run order. First the lab's, CHAIN and PARALLEL in turns, each first in every other pair. Then the sweeps: in
 * each round every point once, in an order drawn by lot. Points whose tasks wait for long come last, those of equal waits
 * together, since one after the other they would take most of an hour.
 */
export function executionsOf(parameters: Parameters): readonly PlannedExecution[] {
  const draw = drawer(parameters.orderSeed);
  const lab = rounds(parameters.executions).flatMap((repetition) =>
    (repetition % 2 === 1 ? labPoints() : labPoints().toReversed()).map((point) => ({ point, repetition })),
  );
  const points = sweepPoints(parameters);
  const short = points.filter((point) => !waitsLong(point));
  const long = Map.groupBy(points.filter(waitsLong), ({ workMs }) => workMs);
  const oneOfEach = (of: readonly Point[]) =>
    rounds(parameters.repetitions).flatMap((repetition) =>
      shuffled(of, draw).map((point) => ({ point, repetition })),
    );
  return [...lab, ...oneOfEach(short), ...[...long.values()].flatMap(oneOfEach)];
}

/** Neighbours of the plan that can be done together. */
export function groupsOf(executions: readonly PlannedExecution[], limits: GroupLimits): readonly Group[] {
  const groups: PlannedExecution[][] = [];
  for (const execution of executions) {
    const open = groups.at(-1);
    const first = open?.[0];
    if (open === undefined || first === undefined || !fits(execution, first, open.length, limits)) {
      groups.push([execution]);
    } else {
      open.push(execution);
    }
  }
  return groups.map((group) => ({ executions: group, distanceMs: distanceOf(group) }));
}

function fits(
  { point }: PlannedExecution,
  { point: first }: PlannedExecution,
  length: number,
  { rows, environments }: GroupLimits,
): boolean {
  if (waitsLong(first))
    return point.workMs === first.workMs && length < Math.min(mostBeside(first), environments);
  return !waitsLong(point) && (point.part === 'lab') === (first.part === 'lab') && length < rows;
}

/** Equal distances over the time for which a task waits: the steps of one fall between those of the others, all the way. */
function distanceOf(group: readonly PlannedExecution[]): number | null {
  const [first] = group;
  return first === undefined || !waitsLong(first.point) ? null : first.point.workMs / group.length;
}

function mostBeside({ workMs }: Point): number {
  return Math.max(1, Math.floor(workMs / leastDistanceMs));
}

function waitsLong({ path, workMs }: Point): boolean {
  return path === 'CHAIN' && workMs >= longWaitMs;
}

export function unitOf({ point, repetition }: PlannedExecution): string {
  return `${point.work}#${repetition}`;
}

function rounds(count: number): readonly number[] {
  return Array.from({ length: count }, (_none, index) => index + 1);
}

/** Whole numbers of [0, bound), the same ones for a seed. */
function drawer(seed: number): (bound: number) => number {
  const generator = xoroshiro128plus(seed);
  return (bound) => uniformInt(generator, 0, bound - 1);
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], draw: (bound: number) => number): readonly Item[] {
  const order: Item[] = [];
  for (const [index, item] of items.entries()) {
    const place = draw(index + 1);
    const other = order[place];
    order.push(other === undefined ? item : other);
    order[place] = item;
  }
  return order;
}
