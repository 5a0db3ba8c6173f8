import { terminalBoxPlots } from '@skyground/charts';
import type { Observation } from '@skyground/experiment';
import { quantile, sampleOf, sortedSample } from '@skyground/statistics';
import { formatMs, printable } from '../../output/format.ts';
import type { Paint } from '../../output/paint.ts';
import { textTable } from '../../output/table.ts';

/** Below these a median or a p95 is a guess. */
const fewestForMedian = 6;
const fewestForP95 = 20;

/** What each arm measured: a table, and where somebody can see it the spread of the compared durations. */
export function armLines(observations: readonly Observation[], paint: Paint, width: number): string[] {
  if (observations.length === 0) return [];
  const arms = [...Map.groupBy(observations, ({ arm }) => arm)].map(([arm, rows]) => {
    const timesMs = rows.flatMap(({ isCompared, outcome, durationMs }) =>
      isCompared && outcome === 'succeeded' && durationMs !== null ? [durationMs] : [],
    );
    return { label: printable(arm), rows, timesMs };
  });
  const table = textTable([
    ['arm', 'measured', 'compared', 'median', 'p95', 'failed', 'cold'],
    ...arms.map(({ label, rows, timesMs }) => [
      label,
      String(rows.length),
      String(timesMs.length),
      percentileText(timesMs, 50, fewestForMedian),
      percentileText(timesMs, 95, fewestForP95),
      String(rows.filter(({ outcome }) => outcome !== 'succeeded').length),
      String(rows.filter(({ start }) => start === 'cold').length),
    ]),
  ]);
  const groups = arms.map(({ label, timesMs }, index) => ({
    label,
    role: index % 2 === 0 ? ('onPrem' as const) : ('cloud' as const),
    values: timesMs,
  }));
  return [...table, '', ...terminalBoxPlots(groups, 'ms', { width }).map(paint.chart)];
}

function percentileText(timesMs: readonly number[], percent: number, fewest: number): string {
  const sample = sampleOf(timesMs);
  if (sample === undefined || sample.length < fewest) return 'too few';
  return formatMs(quantile(sortedSample(sample), percent / 100));
}
