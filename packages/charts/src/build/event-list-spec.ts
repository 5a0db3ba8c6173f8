import type { TopLevelSpec } from 'vega-lite';
import { plural } from '../format.ts';
import { framed, type Layers } from '../framed.ts';
import { INK, PLOT_WIDTH_PX } from '../theme.ts';
import { looksOf } from './arms.ts';
import { type Bracket, bracketsOf } from './event-brackets.ts';
import { type EventListRequest, type EventRow, shownNote } from './event-rows.ts';
import { eventTable } from './event-table.ts';
import { pixels, ROW_PX, roomPx, rowMiddlePx, textLayer } from './pixels.ts';

/** Beside the list: brackets in lanes, then their texts. */
const LANES_FROM_PX = 16;
const LANE_PX = 14;
const TICK_PX = 6;
const TEXT_GAP_PX = 14;

export function eventListSpec(request: EventListRequest, rows: readonly EventRow[]): TopLevelSpec {
  const { title, lines = [], intervals = [] } = request;
  const { brackets, leftOut } = bracketsOf(rows, intervals);
  const table = eventTable(rows);
  const laneCount = brackets.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const textX = table.widthPx + LANES_FROM_PX + laneCount * LANE_PX + TEXT_GAP_PX;
  const textPx = brackets.reduce((most, { text }) => Math.max(most, roomPx(text)), 0);
  const looks = looksOf(brackets.map(({ text }) => text));
  return framed(
    title,
    [
      ...shownNote(request, rows),
      ...(leftOut > 0 ? [`${plural(leftOut, 'interval')} not drawn: the list does not show both ends`] : []),
      ...lines,
    ],
    {
      widthPx: Math.max(PLOT_WIDTH_PX, brackets.length > 0 ? textX + textPx : table.widthPx),
      heightPx: (rows.length + 1) * ROW_PX,
      layer: [
        ...table.layers,
        ...brackets.flatMap((bracket, index) =>
          bracketLayers(bracket, looks[index]?.colour ?? INK, table.widthPx + LANES_FROM_PX, textX),
        ),
      ],
    },
  );
}

/** A bracket that opens to the list, and a line from its middle to its text. */
function bracketLayers(bracket: Bracket, colour: string, lanesX: number, textX: number): Layers {
  const x = lanesX + (bracket.lane + 1) * LANE_PX;
  const [top, bottom, textY] = [bracket.from, bracket.to, bracket.textRow].map(rowMiddlePx);
  if (top === undefined || bottom === undefined || textY === undefined) return [];
  const middle = (top + bottom) / 2;
  const lines = [
    { x, y: top, x2: x, y2: bottom },
    { x: x - TICK_PX, y: top, x2: x, y2: top },
    { x: x - TICK_PX, y: bottom, x2: x, y2: bottom },
  ];
  const rule = (values: typeof lines, strokeWidth: number): Layers => [
    {
      data: { values },
      mark: { type: 'rule', color: colour, strokeWidth, tooltip: null },
      encoding: { x: pixels('x'), y: pixels('y'), x2: { field: 'x2' }, y2: { field: 'y2' } },
    },
  ];
  return [
    ...rule(lines, 2),
    ...rule([{ x, y: middle, x2: textX - 4, y2: textY }], 1),
    textLayer([{ x: textX, y: textY, text: bracket.text }], { fontWeight: 'bold' }),
  ];
}
