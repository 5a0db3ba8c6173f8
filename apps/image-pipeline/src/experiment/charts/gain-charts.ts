import { barsChart, type DrawnChart, forestChart, scatterChart } from '@skyground/charts';
import { isAgainstClassic, modeTitles } from '../output/words.ts';
import { publishedGains, publishedReadOn, publishedSource } from '../published.ts';
import { isCompared, type Sample } from '../sample.ts';
import { scenarios } from '../scenarios.ts';
import type { Summary } from '../summary/summary.ts';
import { aboutLines } from './lines.ts';

export function gainAgainstBound(summary: Summary): DrawnChart {
  return forestChart({
    id: 'gain_against_bound',
    title: 'Gain of FUTURE_BASED over CLASSIC, and its bound',
    lines: aboutLines(summary),
    measure: { name: 'gain end to end', unit: '%' },
    statistic: 'median',
    sides: { below: 'CLASSIC is sooner', above: 'FUTURE_BASED is sooner' },
    remark:
      'The bound follows from the branch times of the same runs: start and own work of the Publisher, as far as they fit between the first and the last branch.',
    rows: summary.groups.flatMap(({ label, comparisons }) =>
      comparisons
        .filter(isAgainstClassic)
        .map(({ gain }) => ({ label, figure: gain.gainPercent, bound: gain.boundPercent })),
    ),
  });
}

export function improvementSummary(summary: Summary): DrawnChart {
  const measured = summary.groups
    .filter(({ start }) => start === 'warm')
    .flatMap(({ scenario, label, comparisons }) =>
      comparisons.filter(isAgainstClassic).map(({ gain }) => ({ scenario, label, figure: gain.gainPercent })),
    );
  return barsChart({
    id: 'improvement_summary',
    title: 'Improvement by scenario, beside what was published',
    lines: [...aboutLines(summary), `published: on AWS, read on ${publishedReadOn}`],
    measure: { name: 'improvement end to end', unit: '%' },
    statistic: 'median',
    remark:
      'In the published runs the branches started cold before CLASSIC alone; the table has their gains without those runs, too.',
    bars: measured.flatMap(({ scenario, label, figure }) => {
      const published = scenarios.find(({ id }) => id === scenario)?.published ?? null;
      if (published === null) return [{ label, figure }];
      const { asPublished } = publishedGains(published);
      return [
        { label, figure },
        { label: `${label}, published`, figure: asPublished, source: publishedSource },
      ];
    }),
  });
}

/** Every warm run: what it took, and what was billed for waiting meanwhile. */
export function latencyAgainstWait(summary: Summary, samples: readonly Sample[]): DrawnChart {
  return scatterChart({
    id: 'latency_against_billed_wait',
    title: 'Latency against billed waiting',
    lines: aboutLines(summary),
    x: { name: 'billed wait of the Publisher', unit: 'ms' },
    y: { name: 'end to end', unit: 'ms' },
    thing: 'run',
    remark:
      'Waiting that is paid for is worth it where points to the right lie lower. In CLASSIC and Step Functions the Publisher never waits.',
    series: summary.modes.map((mode) => ({
      arm: modeTitles[mode],
      points: samples
        .filter((one) => isCompared(one) && one.mode === mode && one.intendedStart === 'warm')
        .flatMap(({ billedWaitMs, endToEndMs }) =>
          billedWaitMs === null || endToEndMs === null ? [] : [{ x: billedWaitMs, y: endToEndMs }],
        ),
    })),
  });
}
