import {
  breakEvenChart,
  CHARTS,
  type ChartInput,
  type DrawnChart,
  drawnFrom,
  timelineChart,
} from '@skyground/charts';
import type { ImageRecord } from '@skyground/metrics';
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
    runId: `begun ${(samples[0]?.timestamp ?? '').slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`,
    seed,
  };
  return [
    // The main job's timeline lets each side begin at 0, as it runs one after the other; here they take turns.
    ...CHARTS.map((chart) =>
      chart.id === 'timeline' ? turnsChart(targetLabel, input.records) : drawnFrom(chart, input),
    ),
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

/** Every image when its work began, both sides on one clock. */
function turnsChart(targetLabel: string, records: readonly ImageRecord[]): DrawnChart {
  return timelineChart({
    id: 'timeline',
    title: 'Timeline of every image',
    measure: { name: 'processing time', unit: 'ms' },
    thing: 'image',
    samples: records.map(
      ({ source, timestamp, endToEndMs, queueDelayMs, processingTimeMs, cold, status }) => ({
        arm: source === 'on_prem' ? 'on-prem' : targetLabel,
        startedAtMs: Date.parse(timestamp) - Math.max(0, (endToEndMs ?? 0) - (queueDelayMs ?? 0)),
        value: processingTimeMs,
        start: cold === true ? 'cold' : 'warm',
        outcome: status === 'ok' ? 'succeeded' : 'failed',
      }),
    ),
  });
}
