import { type DrawnChart, sweepChart } from '@skyground/charts';
import { historyOf, type LoadSample } from '@skyground/load';

/** The two other pictures of Locust's report; response times are in `linegraph`. */
export function loadCharts(sent: readonly LoadSample[], lines: readonly string[]): readonly DrawnChart[] {
  const points = historyOf(sent, { full: false, timesFrom: 'sent' });
  const startS = points[0]?.timestampS ?? 0;
  const over = (
    id: string,
    title: string,
    name: string,
    unit: string,
    amountOf: (point: (typeof points)[number]) => number,
  ) =>
    sweepChart({
      id,
      title,
      lines,
      x: { name: 'time', unit: 's', scale: 'linear' },
      y: { name, unit },
      statistic: '',
      series: [
        {
          arm: 'load',
          // One value a second: there is nothing to have an interval of.
          steps: points.map((point) => ({
            x: point.timestampS - startS,
            figure: amountOf(point),
            values: [],
          })),
        },
      ],
    });
  return [
    over(
      'requests-per-second',
      'Load: requests a second',
      'requests of the last ten seconds',
      '1/s',
      (point) => point.requestsPerSecond,
    ),
    over('users', 'Load: users', 'users who have begun', '', (point) => point.userCount),
  ];
}
