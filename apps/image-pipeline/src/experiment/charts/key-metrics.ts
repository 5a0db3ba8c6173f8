import { type DrawnChart, formatNumber, tableChart } from '@skyground/charts';
import { figure, nothing, withInterval } from '../output/format.ts';
import { modeTitles } from '../output/words.ts';
import type { ModeFigures } from '../summary/mode-figures.ts';
import type { Summary } from '../summary/summary.ts';
import { aboutLines, shownGroup } from './lines.ts';

const rows: readonly (readonly [string, (figures: ModeFigures) => string])[] = [
  ['runs', ({ n }) => String(n)],
  ['end to end (ms)', ({ endToEndMs }) => withInterval(endToEndMs)],
  ['first publish (ms)', ({ firstPublishMs }) => withInterval(firstPublishMs)],
  ['Publisher start (ms)', ({ publisherStartMs }) => withInterval(publisherStartMs)],
  ['hand-over to the Publisher (ms)', ({ handOverMs }) => withInterval(handOverMs)],
  ['inputs there at its start, of 4', ({ preResolved }) => figure(preResolved)],
  ['billed wait (ms)', ({ billedWaitMs }) => figure(billedWaitMs)],
  ['last branch minus first (ms)', ({ varianceMs }) => figure(varianceMs)],
  ['billed, all functions (ms)', ({ billedMs }) => figure(billedMs)],
];

/** Medians of one scenario, with intervals. */
export function keyMetricsTable(summary: Summary): DrawnChart {
  const group = shownGroup(summary);
  const modes = group?.modes ?? [];
  const usdOf = ({ mode }: ModeFigures) =>
    summary.costs.find((one) => one.mode === mode)?.perMillionUsd?.total ?? null;
  return tableChart({
    id: 'key_metrics_table',
    title: `Key figures${group === undefined ? '' : `: ${group.label}, warm`}`,
    lines: aboutLines(summary),
    columns: ['median', ...modes.map(({ mode }) => modeTitles[mode])],
    rows: [
      ...rows.map(([label, textOf]) => [label, ...modes.map(textOf)]),
      [
        'a million runs of all scenarios, modelled (USD)',
        ...modes.map((one) => {
          const usd = usdOf(one);
          return usd === null ? nothing : formatNumber(usd);
        }),
      ],
    ],
  });
}
