import type { Line } from '@skyground/charts';
import type { Comparison } from '../comparison/comparison.ts';
import type { SideSummary } from '../comparison/side-summary.ts';
import { formatDuration, formatMs, printable } from './format.ts';
import { noPaint, type Paint } from './paint.ts';

const labelWidth = 22;
const columnWidth = 20;

/** The result as a person reads it at the end of a run: verdict, table, findings, where the files are. */
export function comparisonLines(
  comparison: Comparison,
  chart: readonly Line[],
  report: string,
  paint: Paint = noPaint,
): string[] {
  return [
    paint.headline(comparison.headline),
    '',
    row('', 'on-prem', comparison.targetLabel),
    ...figures.map(([label, figure]) => row(label, figure(comparison.onPrem), figure(comparison.cloud))),
    '',
    ...chart.map(paint.chart),
    ...(chart.length > 0 ? [''] : []),
    ...comparison.findings.map(({ level, message }) => {
      const text = `${level}: ${printable(message)}`;
      return level === 'info' ? text : paint[level](text);
    }),
    `Charts and report: ${report}`,
  ];
}

const figures: readonly (readonly [label: string, figure: (side: SideSummary) => string])[] = [
  ['images compared', (side) => `${side.compared} of ${side.rows}`],
  ['median processing', (side) => (side.medianMs === null ? '-' : formatMs(side.medianMs))],
  ['mean processing', (side) => (side.meanMs === null ? '-' : formatMs(side.meanMs))],
  ['p95 processing', (side) => (side.p95Ms === null ? '-' : formatMs(side.p95Ms))],
  [
    'total processing',
    (side) => (side.totalProcessingMs === null ? '-' : formatDuration(side.totalProcessingMs)),
  ],
  ['wall time', (side) => (side.wallTimeMs === null ? '-' : formatDuration(side.wallTimeMs))],
  ['images per second', (side) => side.imagesPerS?.toFixed(1) ?? '-'],
  [
    'variation per image',
    (side) => (side.steadiness === null ? '- (1 repetition)' : `${(side.steadiness * 100).toFixed(1)} %`),
  ],
];

function row(label: string, onPrem: string, cloud: string): string {
  return `${label.padEnd(labelWidth)}${onPrem.padEnd(columnWidth)}${cloud}`.trimEnd();
}
