import type { RunContext } from '@skyground/experiment';
import { type Measured, measureExecution } from './measure-execution.ts';
import type { Parameters } from './parameters.ts';
import type { Place } from './place.ts';
import { labPoints, type Point, sweepPoints } from './points.ts';
import type { Sample } from './sample.ts';

/** Executions that are thrown away, and kept as rows, since they are billed. */
export interface WarmUp {
  readonly part: 'lab' | 'sweep';
  readonly measured: readonly Measured[];
}

/** Each round meets fewer cold starts than the one before; a target that keeps none warm would never end. */
const mostRounds = 6;
/** Rounds of which nothing was cold, before anything counts: what runs for the first time is slow without being cold. */
const calmRounds = 2;
/** Branches of a wide Parallel wait until all of them have an environment of their own; two cores start fifty in some seconds. */
const holdMsPerBranch = 80;

/** Runs what is to be measured until no environment has to start for it any more. */
export async function warmUp(
  context: RunContext<Parameters, Sample>,
  place: Place,
  part: WarmUp['part'],
): Promise<WarmUp> {
  const points = part === 'lab' ? labPoints() : widestAndLongest(sweepPoints(context.parameters));
  const measured: Measured[] = [];
  let calm = 0;
  for (let round = 1; round <= mostRounds && calm < calmRounds; round += 1) {
    let cold = 0;
    for (const point of points) {
      const one = await measureExecution(context, place, point);
      cold += one.coldEnvironments;
      measured.push(one);
    }
    calm = cold === 0 ? calm + 1 : 0;
  }
  if (calm === 0)
    context.log('warning', `environments still had to start after ${mostRounds} rounds of warm-up`);
  return { part, measured };
}

/** Of each type of machine one Parallel that holds as many environments as any point needs, and one chain. */
function widestAndLongest(points: readonly Point[]): readonly Point[] {
  const ofTypes = [...Map.groupBy(points, ({ workflowType }) => workflowType).values()];
  return ofTypes.flatMap((own, index) => {
    const widest = largest(own.filter(({ path }) => path === 'PARALLEL'));
    const longest = largest(own.filter(({ path }) => path === 'CHAIN'));
    // The environments are the same ones, whichever machine calls for them.
    const held =
      index === 0 ? widest.map((point) => ({ ...point, workMs: holdMsPerBranch * point.size })) : widest;
    return [...held, ...longest];
  });
}

function largest(points: readonly Point[]): readonly Point[] {
  return points.toSorted((a, b) => b.size - a.size).slice(0, 1);
}
