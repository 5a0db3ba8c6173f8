import { breakEvenChart, CHARTS, type ChartInput, type DrawnChart, drawnFrom } from '@skyground/charts';
import { comparisonOf, type Sample } from './sample.ts';
import { stabilityChart } from './stability-chart.ts';
import type { Summary } from './summary.ts';
import { imagesSweepChart, widthSweepChart } from './sweep-charts.ts';

/** Equal samples give equal pictures. */
const seed = 1;

/** The main job's charts of the comparison; then steadiness, scaling and costs. */
export function charts(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  const { targetLabel, scaling, breakEven } = summary;
  const onPrem = comparisonOf(samples, 'on_prem');
  const cloud = comparisonOf(samples, 'cloud');
  const input: ChartInput = {
    records: [...onPrem, ...cloud],
    targetLabel,
    runId: samples[0]?.runId ?? '',
    seed,
  };
  return [
    ...CHARTS.map((chart) => drawnFrom(chart, input)),
    stabilityChart(targetLabel, onPrem, cloud),
    ...(scaling === null
      ? []
      : [widthSweepChart(targetLabel, scaling), imagesSweepChart(targetLabel, scaling)]),
    ...(breakEven.kind === 'comparison'
      ? [
          breakEvenChart({
            id: 'break-even',
            title: 'Cost of a month, by images (modelled)',
            costs: breakEven,
            labels: { onPrem: 'on-prem', cloud: targetLabel },
          }),
        ]
      : []),
  ];
}
