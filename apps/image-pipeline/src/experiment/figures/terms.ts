import { BRANCHES, type Branch } from '../../branches.ts';
import { type FunctionName, type FunctionRun, functionRunsOf } from '../function-runs.ts';
import type { Sample } from '../sample.ts';

/**
 * What the model of a fan-in is made of, of one run. Every term is a difference of times that the functions of that run recorded; by
 * "end" and "start" the last and the first statement of a function itself is meant.
 */
export interface Terms {
  /** T_i: from the end of ImageLoader to the end of each branch. */
  readonly branchMs: Readonly<Record<Branch, number>>;
  /** C_cold: from the end of the branch that started the Publisher to the Publisher's start: hand-over and, if cold, its init. */
  readonly startMs: number;
  /** T_agg: what the Publisher did, without waiting for inputs. */
  readonly workMs: number;
  readonly slowest: Branch;
  readonly fastest: Branch;
  /** max(T_i) - min(T_i). */
  readonly varianceMs: number;
}

/** undefined where a function or the branch that started the Publisher is not known. */
export function termsOf(sample: Sample): Terms | undefined {
  const runs = new Map(functionRunsOf(sample).map((run) => [run.name, run]));
  const loader = runs.get('imageLoader');
  const publisher = runs.get('publisher');
  const ends = endsOf(runs);
  const invoker = BRANCHES.find((branch) => branch === sample.invokedBy);
  if (loader === undefined || publisher === undefined || ends === undefined || invoker === undefined)
    return undefined;
  const inOrder = BRANCHES.toSorted((a, b) => ends[a] - ends[b]);
  const [fastest, slowest] = [inOrder.at(0), inOrder.at(-1)];
  if (fastest === undefined || slowest === undefined) return undefined;
  const sinceLoader = (branch: Branch) => ends[branch] - loader.userEndedAtMs;
  return {
    branchMs: {
      thumbnail: sinceLoader('thumbnail'),
      transform: sinceLoader('transform'),
      filters: sinceLoader('filters'),
      contour: sinceLoader('contour'),
    },
    startMs: publisher.userStartedAtMs - ends[invoker],
    workMs: publisher.userEndedAtMs - publisher.userStartedAtMs - (sample.billedWaitMs ?? 0),
    slowest,
    fastest,
    varianceMs: ends[slowest] - ends[fastest],
  };
}

function endsOf(runs: ReadonlyMap<FunctionName, FunctionRun>): Readonly<Record<Branch, number>> | undefined {
  const [thumbnail, transform, filters, contour] = BRANCHES.map((branch) => runs.get(branch)?.userEndedAtMs);
  if (thumbnail === undefined || transform === undefined || filters === undefined || contour === undefined) {
    return undefined;
  }
  return { thumbnail, transform, filters, contour };
}
