import { type DrawnChart, timelineChart } from '@skyground/charts';
import { executionFigures } from './execution-figures.ts';
import { labCharts } from './lab-charts.ts';
import { publishedCharts } from './published-charts.ts';
import type { Sample } from './sample.ts';
import type { Summary } from './summary.ts';
import { sweepCharts } from './sweep-charts.ts';

export function charts(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  return [
    ...labCharts(summary.lab, samples),
    ...publishedCharts(summary),
    ...sweepCharts(summary),
    timelineChart({
      id: 'timeline',
      title: 'Over the run',
      measure: { name: 'gap from handler to handler, or fan-out', unit: 'ms' },
      thing: 'execution',
      remark:
        'Warm-up is left out. A level that changes over the run would say that something else changed with it.',
      samples: samples
        .filter(({ phase }) => phase !== 'warm-up')
        .map((sample) => ({
          arm: sample.part === 'lab' ? sample.path : sample.part,
          startedAtMs: sample.startedAtMs,
          value: gapOf(sample),
          start: sample.coldEnvironments > 0 ? ('cold' as const) : ('warm' as const),
          outcome: sample.status === 'SUCCEEDED' ? ('succeeded' as const) : ('failed' as const),
        }))
        // A chain of one task has no gap, and has not failed for it.
        .filter(({ value, outcome }) => value !== null || outcome === 'failed'),
    }),
  ];
}

/** null where there is none: a chain of one task, an execution that failed. */
function gapOf(sample: Sample): number | null {
  const result = executionFigures(sample);
  if (result.kind === 'incomplete') return null;
  if (result.figures.path === 'PARALLEL') return result.figures.parallel.handlerFanOutDelayMs;
  const { handlerGapsMs, totalHandlerGapMs } = result.figures.chain;
  return handlerGapsMs.length === 0 ? null : totalHandlerGapMs / handlerGapsMs.length;
}
