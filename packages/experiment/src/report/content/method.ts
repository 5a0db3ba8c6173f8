import { formatCount } from '@skyground/charts';
import type { DerivedRun } from '../../run/derived-run.ts';
import type { Fact, Section } from '../document.ts';
import { armFigures, confidence, resamples } from './arm-figures.ts';
import { clockSteps } from './environment.ts';

const covers = {
  span: 'All the time from the start to the end of a unit.',
  part: 'A part of the time from the start to the end of its unit, such as what a handler reports of itself; waiting and transfer are not in it.',
};

/** How the figures were worked out, so that nobody compares them with figures worked out otherwise. */
export function methodSection(run: DerivedRun): Section {
  const methods = new Set(armFigures(run).flatMap(({ median }) => median?.method ?? []));
  const facts: readonly Fact[] = [
    [
      'Percentiles',
      'Definition R-7 (linear between the order statistics), as in NumPy, R and k6. JMeter (R-6), Locust and HDR histograms (nearest rank) give other figures for the same samples: do not compare a p95 across tools.',
    ],
    [
      'Intervals',
      `Those of an arm's median: ${confidence * 100} % confidence${methods.size === 0 ? '' : `, by ${[...methods].join(' and ')}`}. A bootstrap has ${formatCount(resamples)} resamples, seed ${run.manifest.seed}; above 5,000 samples the interval is of order statistics. The charts draw resamples of their own, so that their intervals can differ in the last digits.`,
    ],
    ['Variation', 'Coefficient of variation: sample standard deviation (n − 1) over mean.'],
    ['What a duration covers', covers[run.experiment.durationCovers]],
    [
      'Which clock',
      `Starts and ends are read from the monotonic clock of the machine that ran the experiment (steps of ${clockSteps(run.manifest)}). Times of two clocks are never subtracted without their offset.`,
    ],
    [
      'Warm-up',
      'Samples taken to warm up are kept in samples.csv and are in no figure here. Cold starts among compared samples are counted, and compared only with cold starts.',
    ],
    [
      'Failures and outliers',
      'Failed, timed-out and unsent requests have no duration and are counted. No outlier was left out.',
    ],
    ['Fewest samples', 'Below 6 compared samples an arm has no figure, and the comparison is not valid.'],
  ];
  return { id: 'method', title: 'Method', blocks: [{ kind: 'facts', facts }] };
}
