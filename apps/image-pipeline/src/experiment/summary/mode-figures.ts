import type { IntervalResult } from '@skyground/statistics';
import { BRANCHES, type Branch } from '../../branches.ts';
import { firstPublishMs, publisherStartMs } from '../figures/since-start.ts';
import { medianInterval, medianOf } from '../figures/spread.ts';
import { type Terms, termsOf } from '../figures/terms.ts';
import { type FunctionName, functionNames, functionRunsOf } from '../function-runs.ts';
import { inputWaitsOf } from '../input-waits.ts';
import type { Mode } from '../modes.ts';
import type { Sample } from '../sample.ts';

/** Medians of the compared runs of one mode, in ms; null where nothing was recorded. */
export interface ModeFigures {
  readonly mode: Mode;
  readonly n: number;
  readonly endToEndMs: IntervalResult;
  readonly firstPublishMs: IntervalResult;
  /** Since the client began to ask. */
  readonly publisherStartMs: IntervalResult;
  /** From the end of the branch that started the Publisher to its start. */
  readonly handOverMs: IntervalResult;
  readonly workMs: number | null;
  readonly billedWaitMs: number | null;
  readonly preResolved: number | null;
  readonly varianceMs: number | null;
  /** Of the four branch times of a run, median over runs: what the origin calls sigma. */
  readonly sigmaMs: number | null;
  /** From the end of ImageLoader to the end of each. */
  readonly branchMs: Readonly<Record<Branch, IntervalResult>>;
  readonly inputWaitMs: Readonly<Record<Branch, number | null>>;
  readonly invokers: Readonly<Record<Branch | 'unknown', number>>;
  readonly functions: readonly FunctionFigures[];
  /** All six functions together. */
  readonly billedMs: number | null;
  readonly storeReads: number | null;
  readonly storeWrites: number | null;
}

interface FunctionFigures {
  readonly name: FunctionName;
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly initMs: number | null;
  readonly maxMemoryUsedMb: number | null;
}

export function modeFigures(mode: Mode, samples: readonly Sample[]): ModeFigures {
  const terms = samples.flatMap((sample) => termsOf(sample) ?? []);
  const runs = samples.map((sample) => functionRunsOf(sample));
  const waits = samples.flatMap((sample) => inputWaitsOf(sample));
  const sinceStart = (atOf: (sample: Sample) => number | null) =>
    medianInterval(samples.flatMap((sample) => atOf(sample) ?? []));
  return {
    mode,
    n: samples.length,
    endToEndMs: sinceStart(({ endToEndMs }) => endToEndMs),
    firstPublishMs: sinceStart(firstPublishMs),
    publisherStartMs: sinceStart(publisherStartMs),
    handOverMs: medianInterval(terms.map(({ startMs }) => startMs)),
    workMs: medianOf(terms.map(({ workMs }) => workMs)),
    billedWaitMs: medianOf(samples.flatMap(({ billedWaitMs }) => billedWaitMs ?? [])),
    preResolved: medianOf(samples.flatMap(({ preResolved }) => preResolved ?? [])),
    varianceMs: medianOf(terms.map(({ varianceMs }) => varianceMs)),
    sigmaMs: medianOf(terms.map(sigmaOf)),
    branchMs: byBranch((branch) => medianInterval(terms.map(({ branchMs }) => branchMs[branch]))),
    inputWaitMs: byBranch((branch) =>
      medianOf(waits.filter((wait) => wait.branch === branch).flatMap(({ waitMs }) => waitMs ?? [])),
    ),
    invokers: {
      ...byBranch((branch) => samples.filter(({ invokedBy }) => invokedBy === branch).length),
      unknown: samples.filter(({ invokedBy }) => !BRANCHES.some((branch) => branch === invokedBy)).length,
    },
    functions: functionNames.map((name) => {
      const own = runs.flat().filter((run) => run.name === name);
      return {
        name,
        durationMs: medianOf(own.flatMap(({ durationMs }) => durationMs ?? [])),
        billedMs: medianOf(own.flatMap(({ billedMs }) => billedMs ?? [])),
        initMs: medianOf(own.flatMap(({ initMs }) => initMs ?? [])),
        maxMemoryUsedMb: medianOf(own.flatMap(({ maxMemoryUsedMb }) => maxMemoryUsedMb ?? [])),
      };
    }),
    billedMs: medianOf(runs.map((own) => own.reduce((sum, { billedMs }) => sum + (billedMs ?? 0), 0))),
    storeReads: medianOf(samples.map(({ storeReads }) => storeReads)),
    storeWrites: medianOf(samples.map(({ storeWrites }) => storeWrites)),
  };
}

function sigmaOf({ branchMs }: Terms): number {
  const values = Object.values(branchMs);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function byBranch<Value>(of: (branch: Branch) => Value): Readonly<Record<Branch, Value>> {
  return {
    thumbnail: of('thumbnail'),
    transform: of('transform'),
    filters: of('filters'),
    contour: of('contour'),
  };
}
