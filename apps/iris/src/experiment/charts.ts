import {
  barsChart,
  type DrawnChart,
  ecdfChart,
  histogramChart,
  percentilesOverTimeChart,
  stackedBarsChart,
  timelineChart,
} from '@skyground/charts';
import { apiTestChart } from './api-test-chart.ts';
import { burstArms, idleArms } from './blocks.ts';
import { partNames } from './figures/breakdown.ts';
import { exchangeIn } from './figures/exchange.ts';
import { sentInLoad, wholeLoadOf } from './figures/load-course.ts';
import { usersOf } from './figures/users.ts';
import { loadCharts } from './load-charts.ts';
import type { Sample } from './sample.ts';
import type { Summary } from './summary.ts';

const response = { name: 'response time', unit: 'ms' };
const thing = 'request';

/** The course's pictures first, under the course's names. */
export function charts(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  const { targetLabel, parameters } = summary;
  const ran = [`ran on ${targetLabel}`];
  const compared = samples.filter(({ isCompared }) => isCompared);
  const load = wholeLoadOf(samples);
  const inArm = (wanted: string) => compared.filter(({ arm }) => arm === wanted);
  const kinds = [
    ['load', load],
    ['bursts', inArm(burstArms.first)],
    ['bursts, again', inArm(burstArms.again)],
    ['left alone and pinged', compared.filter(({ phase }) => phase === 'idle')],
  ] as const;
  const histogram = (id: string, title: string, start: Sample['start'], remark?: string) =>
    histogramChart({
      ...(remark === undefined ? {} : { remark }),
      id,
      title,
      measure: response,
      thing: `${start} ${thing}`,
      lines: ran,
      groups: kinds.flatMap(([arm, rows]) => {
        const values = timesOf(rows, start);
        return values.length === 0 ? [] : [{ arm, values }];
      }),
    });
  return [
    apiTestChart(exchangeIn(samples), ran),
    percentilesOverTimeChart({
      id: 'linegraph',
      title: `Load: ${parameters.users} users for ${parameters.runTimeS} s`,
      measure: response,
      thing,
      windowMs: 1000,
      lines: ran,
      samples: load.map(({ endedAtMs, responseMs, start }) => ({
        endedAtMs,
        value: responseMs,
        start: start === 'cold' ? 'cold' : 'warm',
      })),
      users: usersOf(load),
    }),
    histogram('coldstart', 'Requests that started an environment', 'cold'),
    histogram(
      'warm',
      'Requests that found an environment',
      'warm',
      'Those of “bursts” found one that another request of their burst had started.',
    ),
    partsChart(summary, ran),
    barsChart({
      id: 'strategies',
      title: 'First call by strategy',
      measure: response,
      statistic: 'median',
      lines: ran,
      bars: summary.firstCalls.map(({ name, first }) => ({ label: name, figure: first.median })),
      remark: 'The first call after an environment had to be started, was provisioned or was kept by pings.',
    }),
    ecdfChart({
      id: 'ecdf',
      title: 'Share of requests answered within a time',
      measure: response,
      thing,
      lines: ran,
      // Apart, since requests of a load that are never many and those of a burst are no equals.
      arms: [
        { arm: 'load, warm', warm: timesOf(load, 'warm') },
        { arm: 'bursts, cold', warm: timesOf(inArm(burstArms.first), 'cold') },
        { arm: 'bursts, warm', warm: timesOf(inArm(burstArms.again), 'warm') },
        ...(parameters.idleS === 0
          ? []
          : [
              { arm: 'left alone, cold', warm: timesOf(inArm(idleArms.idle), 'cold') },
              { arm: 'left alone, warm', warm: timesOf(inArm(idleArms.again), 'warm') },
            ]),
      ],
    }),
    timelineChart({
      id: 'timeline',
      title: 'Every request of the run',
      measure: response,
      thing,
      lines: ran,
      samples: compared.map(({ phase, startedAtMs, responseMs, start, outcome }) => ({
        arm: phase,
        startedAtMs,
        value: responseMs,
        start: start === 'cold' ? 'cold' : 'warm',
        outcome,
      })),
    }),
    ...loadCharts(sentInLoad(samples), ran),
  ];
}

function partsChart({ breakdowns }: Summary, lines: readonly string[]): DrawnChart {
  // Many starts at a time take many times as long: they would press the others together.
  const alone = breakdowns.filter(({ name }) => name !== 'burst');
  return stackedBarsChart({
    id: 'cold-start-parts',
    title: 'What a cold start is made of',
    measure: { name: 'median of each part', unit: 'ms' },
    lines,
    parts: partNames.map((label) => ({ label })),
    bars: alone.map(({ name, parts }) => ({
      label: name,
      values: parts.map(({ median }) => Math.max(0, median.estimate ?? 0)),
    })),
    nothing: 'no cold start has all the lines of its log',
    remark: 'One cold start at a time.',
  });
}

function timesOf(rows: readonly Sample[], start: Sample['start']): readonly number[] {
  return rows.flatMap((row) => (row.start === start ? (row.responseMs ?? []) : []));
}
