import { terminalRun } from '@skyground/charts';
import type { Observation } from '@skyground/experiment';
import { quantile, sampleOf, sortedSample } from '@skyground/statistics';
import { formatMs, printable } from '../../output/format.ts';
import { type Paint, paintFor } from '../../output/paint.ts';
import { textTable } from '../../output/table.ts';
import { isForScreenReader, type OutputFlags } from '../../output/terminal.ts';

/** Where charts are drawn with characters, which a screen reader would spell out. */
export type Drawing = { readonly paint: Paint; readonly width: number } | 'none';

/** Wider charts are no clearer. */
const widest = 100;

/** Below these a median or a p95 is a guess. */
const fewestForMedian = 6;
const fewestForP95 = 20;

export function drawingOn(stream: NodeJS.WriteStream, flags: OutputFlags = {}): Drawing {
  if (isForScreenReader(flags)) return 'none';
  return { paint: paintFor(stream), width: Math.min(stream.columns ?? 80, widest) };
}

/** What each arm measured: a table, and where somebody can see it medians and spread of the compared durations. */
export function armLines(observations: readonly Observation[], drawing: Drawing): string[] {
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
  if (drawing === 'none') return table;
  const run = { arms: arms.map(({ label, timesMs }) => ({ label, values: timesMs })), unit: 'ms' };
  return [...table, '', ...terminalRun(run, { width: drawing.width }).map(drawing.paint.chart)];
}

function percentileText(timesMs: readonly number[], percent: number, fewest: number): string {
  const sample = sampleOf(timesMs);
  if (sample === undefined || sample.length < fewest) return 'too few';
  return formatMs(quantile(sortedSample(sample), percent / 100));
}
