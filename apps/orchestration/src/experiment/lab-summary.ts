import type { ChainFigures } from '../figures/chain.ts';
import type { ParallelFigures } from '../figures/parallel.ts';
import { executionFigures } from './execution-figures.ts';
import { isCompared, type Sample } from './sample.ts';
import { medianOf } from './spread.ts';

/** One execution of the lab's machine. */
export interface LabExecution<Figures> {
  readonly executionArn: string;
  readonly figures: Figures;
}

/** CHAIN or PARALLEL as the lab has it. */
export interface LabPath<Figures> {
  /** Those that are compared, in run order. */
  readonly executions: readonly LabExecution<Figures>[];
  /** The one whose duration is nearest the median: the lab shows one. null where none can be compared. */
  readonly shown: LabExecution<Figures> | null;
}

export interface LabSummary {
  readonly chain: LabPath<ChainFigures>;
  readonly parallel: LabPath<ParallelFigures>;
}

export function labSummary(samples: readonly Sample[]): LabSummary {
  const lab = samples.filter(({ part }) => part === 'lab');
  return {
    chain: pathOf(
      lab,
      'CHAIN',
      ({ totalInternalMs }: ChainFigures) => totalInternalMs,
      (figures) => (figures.path === 'CHAIN' ? figures.chain : undefined),
    ),
    parallel: pathOf(
      lab,
      'PARALLEL',
      ({ durationMs }: ParallelFigures) => durationMs,
      (figures) => (figures.path === 'PARALLEL' ? figures.parallel : undefined),
    ),
  };
}

type Complete = Extract<ReturnType<typeof executionFigures>, { kind: 'complete' }>['figures'];

function pathOf<Figures>(
  lab: readonly Sample[],
  path: Sample['path'],
  durationOf: (figures: Figures) => number,
  pick: (figures: Complete) => Figures | undefined,
): LabPath<Figures> {
  const own = lab.filter((sample) => sample.path === path && isCompared(sample));
  const executions = own.flatMap((sample) => {
    const result = executionFigures(sample);
    const figures = result.kind === 'complete' ? pick(result.figures) : undefined;
    return figures === undefined || sample.executionArn === null
      ? []
      : [{ executionArn: sample.executionArn, figures }];
  });
  return {
    executions,
    shown: nearestMedian(executions, ({ figures }) => durationOf(figures)),
  };
}

/** The first of those that lie equally near. */
function nearestMedian<Item>(items: readonly Item[], figureOf: (item: Item) => number): Item | null {
  const middle = medianOf(items.map(figureOf));
  if (middle === null) return null;
  return items.reduce<Item | null>(
    (nearest, item) =>
      nearest === null || Math.abs(figureOf(item) - middle) < Math.abs(figureOf(nearest) - middle)
        ? item
        : nearest,
    null,
  );
}
