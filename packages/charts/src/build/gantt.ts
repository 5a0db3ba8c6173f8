import type { DrawnChart } from '../drawn-chart.ts';
import { formatMs, formatNumber } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { paragraph } from '../sentence.ts';
import { type DrawnRun, drawnRuns } from './gantt-lanes.ts';
import type { GanttRequest, SpanKind } from './gantt-request.ts';
import { ganttSpec } from './gantt-spec.ts';
import { SPAN_KINDS, SPAN_LOOKS } from './span-looks.ts';

const NOTHING = 'no run has a span';

/** When each function of a run was initialising, working, waiting and publishing: a lane a function, a panel a run. */
export const ganttChart = (request: GanttRequest): DrawnChart => {
  const { id, title, lines = [], remark = '' } = request;
  const { runs, notes } = drawnRuns(request);
  const isEmpty = runs.every(({ lanes }) => lanes.every(({ spans }) => spans.length === 0));
  const said = runs.map(inWords).join('; ');
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, lines, NOTHING) : ganttSpec(request, runs, [...notes, ...lines]),
    readingSentence: isEmpty ? noDataSentence(NOTHING) : paragraph(`${said}.`, remark, howToRead(runs)),
    altText: isEmpty ? 'Gantt chart: no data.' : `Gantt chart. ${said}.`,
    table: {
      columns: ['run', 'lane', 'what', 'from (ms)', 'to (ms)', 'duration (ms)'],
      rows: runs.flatMap(({ label, lanes, marks }) => [
        ...lanes.flatMap((lane) =>
          lane.spans.map(({ kind, fromMs, toMs }) => [
            label,
            lane.label,
            SPAN_LOOKS[kind].label,
            ...[fromMs, toMs, toMs - fromMs].map(formatNumber),
          ]),
        ),
        ...marks.map((mark) => [label, '–', mark.label, formatNumber(mark.atMs), '–', '–']),
      ]),
    },
  };
};

function inWords({ label, lanes, marks }: DrawnRun): string {
  const sums = SPAN_KINDS.map((kind) => ({ kind, sumMs: sumMs(lanes, kind) })).filter(
    ({ sumMs: sum }) => sum > 0,
  );
  const parts = [
    ...marks.map((mark) => `${mark.label} at ${formatMs(mark.atMs)}`),
    ...sums.map(({ kind, sumMs: sum }) => `${SPAN_LOOKS[kind].label} ${formatMs(sum)} in all`),
  ];
  return `${label}: ${parts.join(', ') || 'nothing that took time'}`;
}

const sumMs = (lanes: DrawnRun['lanes'], wanted: SpanKind): number =>
  lanes.reduce(
    (sum, { spans }) =>
      spans.reduce((own, { kind, fromMs, toMs }) => (kind === wanted ? own + (toMs - fromMs) : own), sum),
    0,
  );

function howToRead(runs: readonly DrawnRun[]): string {
  const kinds = new Set(
    runs.flatMap(({ lanes }) => lanes.flatMap(({ spans }) => spans.map(({ kind }) => kind))),
  );
  const textures = SPAN_KINDS.flatMap((kind) => {
    const { label, texture } = SPAN_LOOKS[kind];
    return kinds.has(kind) && texture !== undefined ? [`${label} has ${texture.words}`] : [];
  });
  return paragraph(
    `All panels share one time axis, from the moment the run began${textures.length > 0 ? `; ${textures.join(', ')}` : ''}.`,
    runs.some(({ marks }) => marks.length > 0) ? 'Dashed lines are moments.' : '',
  );
}
