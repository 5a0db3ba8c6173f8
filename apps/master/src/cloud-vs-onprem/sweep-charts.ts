import { type DrawnChart, sweepChart } from '@skyground/charts';
import { bootstrapInterval, predictedThroughput, type ScalabilityResult } from '@skyground/statistics';
import type { Summary } from './summary.ts';
import type { SideScaling, SweepPoint } from './throughput.ts';
import { fitWords } from './wording.ts';

type Scaling = NonNullable<Summary['scaling']>;
type Fit = Extract<ScalabilityResult, { kind: 'fit' }>;

/** Equal samples give equal intervals. */
const seed = 1;
const fittedPoints = 60;
const throughput = { name: 'throughput', unit: 'images/s' };

/** Throughput over workers and environments, with the Universal Scalability Law and its knee where there is one. */
export function widthSweepChart(targetLabel: string, { onPrem, cloud }: Scaling): DrawnChart {
  const knees = [
    { name: 'on-prem', knee: kneeOf(onPrem.fit) },
    { name: targetLabel, knee: kneeOf(cloud.fit) },
  ].flatMap(({ name, knee }) =>
    knee === undefined ? [] : [{ x: knee, label: `knee of ${name}: ${knee.toFixed(1)}` }],
  );
  return sweepChart({
    id: 'throughput-over-width',
    title: 'Throughput over workers or environments',
    lines: ['fitted: the Universal Scalability Law, or a hard limit where that describes it better'],
    x: { name: 'workers (on-prem), environments (cloud)', unit: '', scale: 'log2' },
    y: throughput,
    statistic: 'median',
    series: [seriesOf('on-prem', onPrem), seriesOf(targetLabel, cloud)],
    remark: `On-prem: ${fitWords(onPrem.fit)} ${targetLabel}: ${fitWords(cloud.fit)}`,
    markers: knees,
  });
}

export function imagesSweepChart(targetLabel: string, { onPrem, cloud }: Scaling): DrawnChart {
  return sweepChart({
    id: 'throughput-over-images',
    title: 'Throughput over the number of images',
    x: { name: 'images', unit: '', scale: 'log2' },
    y: throughput,
    statistic: 'median',
    series: [
      { arm: 'on-prem', steps: stepsOf(onPrem.overImages) },
      { arm: targetLabel, steps: stepsOf(cloud.overImages) },
    ],
    remark:
      'A round ends with its last image, so a few images show the end of a round rather than its middle.',
  });
}

function seriesOf(arm: string, { overWidth, fit }: SideScaling) {
  const steps = stepsOf(overWidth);
  if (fit.kind !== 'fit') return { arm, steps };
  const loads = overWidth.map(({ load }) => load);
  const low = Math.min(...loads);
  const growth = Math.max(...loads) / low;
  const fitted = Array.from({ length: fittedPoints + 1 }, (_, index) => {
    const x = low * growth ** (index / fittedPoints);
    return { x, y: fittedAt(fit, x) };
  });
  return { arm, steps, fitted };
}

function fittedAt({ lambda, sigma, kappa, knee }: Fit, width: number): number {
  return knee.kind === 'hard limit'
    ? knee.throughput * Math.min(1, width / knee.load)
    : predictedThroughput([lambda.estimate, sigma.estimate, kappa.estimate], width);
}

function stepsOf(points: readonly SweepPoint[]) {
  return points.map(({ load, imagesPerS }) => ({
    x: load,
    figure: bootstrapInterval(imagesPerS, 'median', { seed }),
    values: imagesPerS,
  }));
}

/** Where the throughput stops rising, if that lies within what was tried. */
function kneeOf(fit: ScalabilityResult): number | undefined {
  if (fit.kind !== 'fit') return undefined;
  const { knee } = fit;
  return knee.kind === 'hard limit' || (knee.kind === 'peak' && knee.measured) ? knee.load : undefined;
}
