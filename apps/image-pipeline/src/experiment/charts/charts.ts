import type { DrawnChart } from '@skyground/charts';
import type { Sample } from '../sample.ts';
import type { Summary } from '../summary/summary.ts';
import { branchTimingProfile, invokerDistribution, perFunctionBreakdown } from './branch-charts.ts';
import { gainAgainstBound, improvementSummary, latencyAgainstWait } from './gain-charts.ts';
import { keyMetricsTable } from './key-metrics.ts';
import { coldWarmComparison, endToEndComparison, firstPublish } from './latency-charts.ts';
import { coldRuns, timelineDiagram } from './run-charts.ts';
import { workflow } from './workflow.ts';

/** The origin's eight under their names, and what they leave out. None of a quick look. */
export function charts(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  if (summary.isQuick) return [];
  return [
    gainAgainstBound(summary),
    endToEndComparison(summary, samples),
    firstPublish(summary),
    coldWarmComparison(summary),
    perFunctionBreakdown(summary),
    invokerDistribution(summary),
    branchTimingProfile(summary),
    improvementSummary(summary),
    keyMetricsTable(summary),
    ...timelineDiagram(summary, samples),
    ...coldRuns(summary, samples),
    latencyAgainstWait(summary, samples),
    workflow(),
  ];
}
