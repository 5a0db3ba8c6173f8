import type { TopLevelSpec } from 'vega-lite';
import { framedPanels, type Layers, type Panel } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { INK, OUTLINED, PLOT_WIDTH_PX } from '../theme.ts';
import { type DrawnRun, timeDomain } from './gantt-lanes.ts';
import type { GanttRequest } from './gantt-request.ts';
import { FONT_PX, GAP_PX, type MarkText, markTexts, type TimeAxis } from './mark-texts.ts';
import { hatch, SPAN_KINDS, SPAN_LOOKS } from './span-looks.ts';

const LANE_PX = 28;
const SPAN_PX = 17;
const MARK_ROW_PX = 17;

export function ganttSpec(
  { title }: GanttRequest,
  runs: readonly DrawnRun[],
  lines: readonly string[],
): TopLevelSpec {
  const domain = timeDomain(runs);
  const axis: TimeAxis = { domain, pxPerMs: PLOT_WIDTH_PX / (domain[1] - domain[0]) };
  const kinds = SPAN_KINDS.filter((kind) =>
    runs.some(({ lanes }) => lanes.some(({ spans }) => spans.some((span) => span.kind === kind))),
  );
  const looks = kinds.map((kind) => SPAN_LOOKS[kind]);
  const fill = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: looks.map(({ label }) => label), range: looks.map(({ fill: colour }) => colour) },
    legend: { symbolType: 'square', symbolStrokeColor: '#333333', symbolStrokeWidth: 1 },
  };
  return framedPanels(
    title,
    lines,
    runs.map((run, index) => panelOf(run, axis, index === runs.length - 1, fill)),
  );
}

function panelOf(run: DrawnRun, axis: TimeAxis, isLast: boolean, fill: object): Panel {
  const { rows, texts } = markTexts(run.marks, axis);
  const laneCount = Math.max(1, run.lanes.length);
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [...axis.domain], nice: false },
    axis: { title: isLast ? 'time since the run began (ms)' : null, labels: isLast },
  };
  const lanes = laneAxis(run.lanes.map(({ label }) => label));
  const top = -0.5 - (rows * MARK_ROW_PX) / LANE_PX;
  const y = { ...lanes, scale: { ...lanes.scale, domain: [laneCount - 0.5, top] } };
  const box = { x: { ...x, field: 'x' }, x2: { field: 'x2' }, y: { ...y, field: 'y' }, y2: { field: 'y2' } };
  return {
    heading: run.label,
    heightPx: laneCount * LANE_PX + rows * MARK_ROW_PX,
    layer: [
      {
        data: { values: spansOf(run) },
        mark: { type: 'rect', ...OUTLINED, strokeWidth: 0.8 },
        encoding: { ...box, fill },
      },
      {
        data: { values: texturesOf(run, axis) },
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: { ...box, color: { field: 'colour', type: 'nominal', scale: null } },
      },
      ...markLayers(texts, top, { ...box, last: laneCount - 0.5 }),
    ],
  };
}

const HALF = SPAN_PX / LANE_PX / 2;

const spansOf = ({ lanes }: DrawnRun) =>
  lanes.flatMap(({ spans }, lane) =>
    spans.map(({ kind, fromMs, toMs }) => ({
      kind: SPAN_LOOKS[kind].label,
      x: fromMs,
      x2: toMs,
      y: lane - HALF,
      y2: lane + HALF,
    })),
  );

const texturesOf = ({ lanes }: DrawnRun, { pxPerMs }: TimeAxis) =>
  lanes.flatMap(({ spans }, lane) =>
    spans.flatMap(({ kind, fromMs, toMs }) => {
      const { texture } = SPAN_LOOKS[kind];
      if (texture === undefined) return [];
      return hatch(texture.slope, (toMs - fromMs) * pxPerMs, SPAN_PX).map(({ x, y, x2, y2 }) => ({
        x: fromMs + x / pxPerMs,
        x2: fromMs + x2 / pxPerMs,
        y: lane - HALF + y / LANE_PX,
        y2: lane - HALF + y2 / LANE_PX,
        colour: texture.colour,
      }));
    }),
  );

/** A line from its text through all lanes. Texts lie on white: the line of another may pass behind. */
function markLayers(
  texts: readonly MarkText[],
  top: number,
  { x, x2, y, y2, last }: Readonly<Record<'x' | 'x2' | 'y' | 'y2', object>> & { readonly last: number },
): Layers {
  const rowTop = (row: number) => top + (row * MARK_ROW_PX) / LANE_PX;
  const rule = texts.map(({ atMs, row }) => ({ x: atMs, y: rowTop(row), y2: last }));
  const grounds = texts.map(({ fromMs, toMs, row }) => ({
    x: fromMs,
    x2: toMs,
    y: rowTop(row + 0.1),
    y2: rowTop(row + 0.9),
  }));
  const words = texts.map(({ atMs, row, text, align }) => ({ x: atMs, y: rowTop(row + 0.5), text, align }));
  return [
    {
      data: { values: rule },
      mark: { type: 'rule', color: INK, strokeWidth: 1.4, strokeDash: [5, 3] },
      encoding: { x, y, y2 },
    },
    { data: { values: grounds }, mark: { type: 'rect', color: '#ffffff' }, encoding: { x, x2, y, y2 } },
    ...(['left', 'right'] as const).map((align): Layers[number] => ({
      data: { values: words.filter((word) => word.align === align) },
      mark: {
        type: 'text',
        align,
        dx: align === 'left' ? GAP_PX : -GAP_PX,
        baseline: 'middle',
        fontSize: FONT_PX,
        color: INK,
      },
      encoding: { x, y, text: { field: 'text', type: 'nominal' } },
    })),
  ];
}
