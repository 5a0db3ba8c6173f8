import { formatCount, formatNumber } from '@skyground/charts';
import type { DerivedRun } from '../../run/derived-run.ts';
import type { Section } from '../document.ts';
import { type ArmFigures, armCounts, armFigures } from './arm-figures.ts';

const tooFew = 'too few';

/** What was measured, arm by arm: the same two tables for every experiment. */
export function armsSection(run: DerivedRun): Section {
  const figures = armFigures(run);
  return {
    id: 'arms',
    title: 'What was measured',
    blocks: [
      {
        kind: 'table',
        caption: 'Durations of each arm',
        note: `In ms, of the n samples that are compared; the median with its 95 % interval. Arms are called as in samples.csv. “${tooFew}”: not enough samples to say it (6 for a median, 10 for a p90, 20 for a p95, 100 for a p99). p99/p50 says how much worse the slowest hundredth is than the usual.`,
        table: {
          columns: [
            'arm',
            'n',
            'median (ms)',
            '95 % interval (ms)',
            'p90',
            'p95',
            'p99',
            'variation',
            'p99/p50',
          ],
          rows: figures.map(durationsRow),
        },
      },
      {
        kind: 'table',
        caption: 'Samples of each arm',
        note: `${loadNote(run)}Failed, timed out, unsent and cold are of those compared. Not compared: kept in samples.csv and in no figure above, such as warm-up. Outliers lie more than 1.5 (mild) or 3 (severe) interquartile ranges beyond the quartiles; they are counted here and stay in every figure.`,
        table: {
          columns: [
            'arm',
            'planned',
            'compared',
            'failed',
            'timed out',
            'unsent',
            'cold',
            'not compared',
            'mild outliers',
            'severe outliers',
          ],
          rows: armCounts(run).map((counts, index) =>
            [
              counts.arm,
              counts.planned,
              counts.compared,
              counts.failed,
              counts.timedOut,
              counts.unsent,
              counts.cold,
              counts.notCompared,
              figures[index]?.outliers.mild ?? 0,
              figures[index]?.outliers.severe ?? 0,
            ].map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)),
          ),
        },
      },
    ],
  };
}

/** Else the planned would seem to be fewer than the measured. */
function loadNote({ observations }: DerivedRun): string {
  return observations.some(({ partOf }) => partOf !== undefined)
    ? 'A load was planned as one unit, whose samples are its requests. '
    : '';
}

function durationsRow(figures: ArmFigures): readonly string[] {
  const { arm, n, median, coefficientOfVariation } = figures;
  return [
    arm,
    formatCount(n),
    figure(median?.estimate),
    median === undefined ? tooFew : `${formatNumber(median.low)} to ${formatNumber(median.high)}`,
    figure(figures.p90Ms),
    figure(figures.p95Ms),
    figure(figures.p99Ms),
    coefficientOfVariation === undefined ? tooFew : `${formatNumber(coefficientOfVariation * 100)} %`,
    figure(figures.p99ToMedian),
  ];
}

function figure(value: number | undefined): string {
  return value === undefined ? tooFew : formatNumber(value);
}
