import { LoadError } from '../errors.ts';
import type { OpenModel, Stage } from './plan.ts';
import { uniformNumbers } from './random.ts';

const mostArrivals = 10_000_000;

/** Arrivals that a stage asks for: the area below its rate. */
function arrivalsIn({ durationMs, startRatePerSecond, endRatePerSecond }: Stage): number {
  return ((startRatePerSecond + endRatePerSecond) / 2) * (durationMs / 1000);
}

/** When, in ms after the stage's start, `work` arrivals of it are due: the inverse of the area below a straight line. */
function timeOfWorkMs({ durationMs, startRatePerSecond, endRatePerSecond }: Stage, work: number): number {
  if (work === 0) return 0;
  const slope = (endRatePerSecond - startRatePerSecond) / (durationMs / 1000);
  const underRoot = Math.max(0, startRatePerSecond ** 2 + 2 * slope * work);
  return Math.min(durationMs, (2000 * work) / (startRatePerSecond + Math.sqrt(underRoot)));
}

/**
 * When each request is due, in ms after the start, ascending; known whole before the first is sent.
 *
 * Even arrivals are due whenever another whole request's worth of rate has passed, the first at once: rate x duration
 * of them. Poisson arrivals are a Poisson process of the same rate (their number is random, rate x duration on average).
 *
 * @throws LoadError above 10 million arrivals or where none is asked for
 */
export function openSchedule({
  stages,
  arrivals,
  seed,
}: Pick<OpenModel, 'stages' | 'arrivals' | 'seed'>): Float64Array {
  const expected = stages.reduce((sum, stage) => sum + arrivalsIn(stage), 0);
  if (expected > mostArrivals) {
    throw new LoadError(
      `The stages ask for ${Math.round(expected)} requests, expected at most ${mostArrivals}. Lower a rate or a duration, or split the load into several runs.`,
    );
  }
  if (expected <= 0) {
    throw new LoadError(
      'The stages ask for no request at all: every rate is 0. Give one stage a rate above 0.',
    );
  }
  const uniform = uniformNumbers(seed);
  const step = arrivals === 'even' ? () => 1 : () => -Math.log(uniform());
  const dueMs: number[] = [];
  let work = arrivals === 'even' ? 0 : step();
  let workBefore = 0;
  let startMs = 0;
  for (const [index, stage] of stages.entries()) {
    const stageWork = arrivalsIn(stage);
    // Sums of rates are not exact: an arrival due at the very end (rate x duration) belongs to what comes after.
    const end = workBefore + stageWork - (index === stages.length - 1 ? 1e-9 * Math.max(1, expected) : 0);
    while (work < end) {
      dueMs.push(startMs + timeOfWorkMs(stage, Math.max(0, work - workBefore)));
      work += step();
    }
    workBefore += stageWork;
    startMs += stage.durationMs;
  }
  return Float64Array.from(dueMs);
}
