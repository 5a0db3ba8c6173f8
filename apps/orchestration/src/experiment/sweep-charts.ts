import { type DrawnChart, distributionChart, sweepChart } from '@skyground/charts';
import { typeName } from './format.ts';
import type { WorkflowType } from './parameters.ts';
import { growthOf } from './steps.ts';
import type { Crossings, Summary } from './summary.ts';
import {
  figureAt,
  ofType,
  type SweepPoint,
  type SweepValues,
  statisticOf,
  typesIn,
  valuesAt,
} from './sweep-summary.ts';

type Figure = keyof SweepValues;

/** What overhead depends on; a sweep that was not made has no chart. */
export function sweepCharts({ sweeps, crossings }: Summary): readonly DrawnChart[] {
  const { duration, length, width, payload } = sweeps;
  return [
    ...(duration.length === 0
      ? []
      : [
          ...shareCharts(duration, crossings),
          distributionChart({
            id: 'standard-and-express',
            title: 'Gap between handlers: Standard and Express',
            measure: { name: 'gap from handler to handler, mean of the chain', unit: 'ms' },
            thing: 'chain',
            remark:
              'Every chain of the sweep of task durations: how long a task waits changes its gaps little.',
            arms: typesIn(duration).map((type) => ({
              arm: typeName(type),
              warm: ofType(duration, type).flatMap((point) => valuesAt(point, 'handlerMs')),
            })),
          }),
        ]),
    ...(length.length === 0
      ? []
      : [
          sweepChart({
            id: 'sweep-length',
            title: 'Overhead against the length of a chain',
            x: { name: 'tasks of the chain', unit: '', scale: 'linear' },
            y: { name: 'all gaps together', unit: 'ms' },
            statistic: '',
            remark: 'Where each hand-over costs the same, the points lie on a straight line.',
            series: bothOf(length, 'handlerTotalMs', 'eventTotalMs', true),
          }),
        ]),
    ...(width.length === 0
      ? []
      : [
          sweepChart({
            id: 'sweep-width',
            title: 'Fan-out delay against width',
            x: { name: 'branches', unit: '', scale: 'linear' },
            y: { name: 'fan-out delay', unit: 'ms' },
            statistic: '',
            remark:
              'From ParallelStateEntered to the last TaskStarted (events) and to the begin of the last handler.',
            series: bothOf(width, 'handlerMs', 'eventMs', true),
          }),
        ]),
    ...(payload.length === 0
      ? []
      : [
          sweepChart({
            id: 'sweep-payload',
            title: 'Gap against payload',
            x: { name: 'payload', unit: 'B', scale: 'log2' },
            y: { name: 'gap, mean of the chain', unit: 'ms' },
            statistic: '',
            series: bothOf(payload, 'handlerMs', 'eventMs', false),
          }),
        ]),
  ];
}

/** A chart for each definition: beside the larger the smaller could not be read. */
function shareCharts(
  duration: readonly SweepPoint[],
  crossings: readonly Crossings[],
): readonly DrawnChart[] {
  const chartOf = (id: string, title: string, figure: Figure, definition: 'event' | 'handler') =>
    sweepChart({
      id,
      title,
      x: { name: 'task duration', unit: 'ms', scale: 'symlog' },
      y: { name: 'share of the processing time', unit: '%' },
      statistic: statisticOf(figure),
      series: typesIn(duration).map((type) => seriesOf(duration, type, typeName(type), figure, false)),
      markers: (crossings[0]?.[definition] ?? []).flatMap(({ percent, crossing }) =>
        crossing.kind === 'from' && crossing.workMs !== null
          ? [{ x: crossing.workMs, label: `below ${percent} %` }]
          : [],
      ),
    });
  return [
    chartOf(
      'sweep-duration',
      'Overhead against task duration, handler to handler',
      'handlerPercent',
      'handler',
    ),
    chartOf('sweep-duration-events', 'Overhead against task duration, event gap', 'eventPercent', 'event'),
  ];
}

function bothOf(points: readonly SweepPoint[], handler: Figure, event: Figure, isFitted: boolean) {
  return typesIn(points).flatMap((type) => [
    seriesOf(points, type, `${typeName(type)}, handlers (${statisticOf(handler)})`, handler, isFitted),
    seriesOf(points, type, `${typeName(type)}, events (${statisticOf(event)})`, event, false),
  ]);
}

function seriesOf(
  points: readonly SweepPoint[],
  type: WorkflowType,
  arm: string,
  figure: Figure,
  isFitted: boolean,
) {
  const own = ofType(points, type);
  const steps = own.map((point) => ({
    x: point.x,
    figure: figureAt(point, figure),
    values: valuesAt(point, figure),
  }));
  const line = isFitted ? growthOf(own, figure) : undefined;
  if (line?.kind !== 'line') return { arm, steps };
  const { slope, intercept } = line;
  const fitted = own.map(({ x }) => ({ x, y: intercept.estimate + slope.estimate * x }));
  return { arm, steps, fitted };
}
