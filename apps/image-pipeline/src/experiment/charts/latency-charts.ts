import { type DrawnChart, groupedBarsChart } from '@skyground/charts';
import { modeTitles } from '../output/words.ts';
import { isCompared, type Sample } from '../sample.ts';
import type { ModeFigures } from '../summary/mode-figures.ts';
import type { Summary } from '../summary/summary.ts';
import { aboutLines } from './lines.ts';

/** So many runs of a bar are drawn as points; more would hide it. */
const mostPoints = 60;

export function endToEndComparison(summary: Summary, samples: readonly Sample[]): DrawnChart {
  const valuesOf = (group: Summary['groups'][number], mode: ModeFigures['mode']) =>
    samples
      .filter(
        (one) =>
          isCompared(one) &&
          one.mode === mode &&
          one.scenario === group.scenario &&
          one.intendedStart === group.start,
      )
      .flatMap(({ endToEndMs }) => endToEndMs ?? [])
      .slice(0, mostPoints);
  return groupedBarsChart({
    id: 'e2e_latency_comparison',
    title: 'End to end, to the complete result',
    lines: aboutLines(summary),
    measure: { name: 'latency', unit: 'ms' },
    statistic: 'median',
    remark: 'The clock stops when the complete result is recorded, not when the first function returns.',
    groups: summary.groups
      .filter(({ start }) => start === 'warm')
      .map((group) => ({
        label: group.label,
        bars: group.modes.map(({ mode, endToEndMs }) => ({
          arm: modeTitles[mode],
          figure: endToEndMs,
          values: valuesOf(group, mode),
        })),
      })),
  });
}

export function firstPublish(summary: Summary): DrawnChart {
  return groupedBarsChart({
    id: 'first_publish',
    title: 'Until something is published',
    lines: aboutLines(summary),
    measure: { name: 'time to first publish', unit: 'ms' },
    statistic: 'median',
    remark:
      'What FUTURE_BASED publishes first is incomplete: what was there when its Publisher began. The others publish once.',
    groups: summary.groups
      .filter(({ start }) => start === 'warm')
      .map(({ label, modes }) => ({
        label,
        bars: modes.map(({ mode, firstPublishMs }) => ({ arm: modeTitles[mode], figure: firstPublishMs })),
      })),
  });
}

/** Scenarios of which both starts were measured. */
export function coldWarmComparison(summary: Summary): DrawnChart {
  const { groups } = summary;
  const hasBoth = (scenario: string) =>
    (['cold', 'warm'] as const).every((start) =>
      groups.some((group) => group.scenario === scenario && group.start === start),
    );
  return groupedBarsChart({
    id: 'cold_warm_comparison',
    title: 'Cold against warm',
    lines: aboutLines(summary),
    measure: { name: 'end to end', unit: 'ms' },
    statistic: 'median',
    remark: 'Cold: all six functions were made to start cold, in every mode alike.',
    groups: groups
      .filter(({ scenario }) => hasBoth(scenario))
      .toSorted((a, b) => (a.scenario < b.scenario ? -1 : a.scenario > b.scenario ? 1 : 0))
      .map(({ label, start, modes }) => ({
        label: start === 'warm' ? `${label}, warm` : label,
        bars: modes.map(({ mode, endToEndMs }) => ({ arm: modeTitles[mode], figure: endToEndMs })),
      })),
  });
}
