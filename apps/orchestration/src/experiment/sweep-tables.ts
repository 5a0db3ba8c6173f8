import type { SummaryTable } from '@skyground/experiment';
import { medianRatio } from '@skyground/statistics';
import { count, nothing, ratioText, typeName, withInterval } from './format.ts';
import { lineText } from './line-text.ts';
import type { SweepName } from './points.ts';
import { medianInterval } from './spread.ts';
import { growthOf } from './steps.ts';
import {
  figureAt,
  ofType,
  type SweepPoint,
  type SweepSummary,
  statisticOf,
  typesIn,
  valuesAt,
} from './sweep-summary.ts';

/** What was varied, in the words of tables and charts. */
export const varied: Readonly<
  Record<SweepName, { readonly title: string; readonly x: string; readonly unit: string }>
> = {
  duration: { title: 'Task duration', x: 'task duration', unit: 'ms' },
  length: { title: 'Chain length', x: 'tasks of the chain', unit: '' },
  width: { title: 'Width of a Parallel', x: 'branches', unit: '' },
  payload: { title: 'Payload', x: 'payload', unit: 'B' },
};

export function sweepTables(sweeps: SweepSummary): readonly SummaryTable[] {
  const names = (['duration', 'length', 'width', 'payload'] as const).filter(
    (name) => sweeps[name].length > 0,
  );
  if (names.length === 0) return [];
  return [
    ...names.map((name) => pointsTable(name, sweeps[name])),
    ...typesTable(sweeps),
    ...growthTable(sweeps),
  ];
}

const notes: Readonly<Record<SweepName, string>> = {
  duration:
    'A chain of three tasks that wait; a task that waits for half a second or more runs beside others of its kind, begun at equal distances, so that no two are between tasks at once.',
  length: 'Chains of tasks that do not wait. A chain of one has no gap.',
  width:
    'Branches that wait 100 ms each. Event gap: ParallelStateEntered to the last TaskStarted; handlers: to the begin of the last one.',
  payload: 'A chain of three tasks that do not wait; the payload goes into and comes out of each.',
};

function pointsTable(name: SweepName, points: readonly SweepPoint[]): SummaryTable {
  const { title, x, unit } = varied[name];
  const gap = name === 'width' ? 'fan-out' : 'gap';
  return {
    id: `sweep-${name}`,
    title,
    note: `${notes[name]} With 95 % intervals. Of the events means: the median of whole milliseconds hides what lies below one.`,
    columns: [
      'type',
      unit === '' ? x : `${x} (${unit})`,
      'n',
      ...shown(gap).map(({ figure, label, unit: of }) => `${label}, ${statisticOf(figure)} (${of})`),
    ],
    rows: typesIn(points)
      .flatMap((type) => ofType(points, type))
      .map((point) => [
        typeName(point.workflowType),
        count(point.x),
        String(point.executions.length),
        ...shown(gap).map(({ figure }) => withInterval(figureAt(point, figure))),
      ]),
  };
}

const shown = (gap: string) =>
  [
    { figure: 'eventMs', label: `event ${gap}`, unit: 'ms' },
    { figure: 'handlerMs', label: `handlers' ${gap}`, unit: 'ms' },
    { figure: 'eventPercent', label: 'event share', unit: '%' },
    { figure: 'handlerPercent', label: "handlers' share", unit: '%' },
    { figure: 'durationMs', label: 'duration', unit: 'ms' },
  ] as const;

/** Standard and Express at the same points. */
function typesTable(sweeps: SweepSummary): readonly SummaryTable[] {
  const rows = (['duration', 'length', 'width', 'payload'] as const).flatMap((name) => {
    const express = ofType(sweeps[name], 'EXPRESS');
    return ofType(sweeps[name], 'STANDARD').flatMap((standard) => {
      const other = express.find(({ x }) => x === standard.x);
      if (other === undefined) return [];
      const { title, unit } = varied[name];
      const gaps = [valuesAt(standard, 'handlerMs'), valuesAt(other, 'handlerMs')] as const;
      return [
        [
          `${title} ${count(standard.x)}${unit === '' ? '' : ` ${unit}`}`,
          withInterval(medianInterval(gaps[0])),
          withInterval(medianInterval(gaps[1])),
          gaps[0].length === 0 ? nothing : ratioText(medianRatio(gaps[0], gaps[1], { seed: 1 })),
          ratioText(
            medianRatio(valuesAt(standard, 'durationMs'), valuesAt(other, 'durationMs'), { seed: 1 }),
          ),
        ],
      ];
    });
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'standard-and-express',
      title: 'Standard and Express',
      note: 'Gap from handler to handler (of a Parallel: its fan-out), medians with 95 % intervals; ratios of medians, Standard over Express: above 1 Express is faster. An interval that holds 1 shows no difference.',
      columns: ['point', 'Standard (ms)', 'Express (ms)', 'ratio of gaps', 'ratio of durations'],
      rows,
    },
  ];
}

/** What one more costs. */
function growthTable(sweeps: SweepSummary): readonly SummaryTable[] {
  const kib = 1024;
  const cases = [
    { name: 'length', one: 'one more task', per: 1, event: 'eventTotalMs', handler: 'handlerTotalMs' },
    { name: 'width', one: 'one more branch', per: 1, event: 'eventMs', handler: 'handlerMs' },
    { name: 'payload', one: '64 KiB more of payload', per: 64 * kib, event: 'eventMs', handler: 'handlerMs' },
  ] as const;
  const rows = cases.flatMap(({ name, one, per, event, handler }) =>
    typesIn(sweeps[name]).map((type) => {
      const points = ofType(sweeps[name], type);
      return [
        one,
        typeName(type),
        lineText(growthOf(points, event, per)),
        lineText(growthOf(points, handler, per)),
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: 'growth',
      title: 'What one more costs',
      note: 'Slope of the straight line through all executions of a sweep, in ms, with its 95 % interval, and R², the share of the variation that the line explains. Of the length: all gaps together; of the width: the fan-out; of the payload: one gap.',
      columns: ['one more', 'type', 'event gap', 'handler to handler'],
      rows,
    },
  ];
}
