import { boxPlot } from '@skyground/statistics';
import { drawable } from '../drawable.ts';
import { formatNumber } from '../format.ts';
import {
  columnsOf,
  type Line,
  type Segment,
  type SegmentRole,
  type TerminalOptions,
  toWidth,
} from './line.ts';

export interface BoxGroup {
  readonly label: string;
  readonly role: SegmentRole;
  /** In the unit of the axis. Values that are not finite, or beyond 1e100, are left out. */
  readonly values: readonly number[];
}

interface Glyphs {
  readonly top: readonly [left: string, line: string, median: string, right: string];
  readonly middle: {
    readonly end: readonly [left: string, right: string];
    readonly whisker: string;
    readonly box: readonly [left: string, median: string, right: string];
    readonly flat: string;
    readonly outlier: string;
  };
  readonly bottom: readonly [left: string, line: string, median: string, right: string];
  readonly axis: string;
}

const BLOCKS: Glyphs = {
  top: ['┌', '─', '┬', '┐'],
  middle: { end: ['├', '┤'], whisker: '─', box: ['┤', '│', '├'], flat: '┃', outlier: '·' },
  bottom: ['└', '─', '┴', '┘'],
  axis: '─',
};

const ASCII: Glyphs = {
  top: ['+', '-', '+', '+'],
  middle: { end: ['|', '|'], whisker: '-', box: ['|', '|', '|'], flat: '|', outlier: 'o' },
  bottom: ['+', '-', '+', '+'],
  axis: '-',
};

const LONGEST_LABEL = 24;

type Column = (value: number) => number;

/** A row of cells that is drawn over, then read as a text. */
const canvas = (columns: number) => {
  const cells = Array.from({ length: columns }, () => ' ');
  return {
    put: (column: number, glyph: string) => {
      cells[column] = glyph;
    },
    fill: (from: number, to: number, glyph: string) => cells.fill(glyph, from, to + 1),
    text: () => cells.join(''),
  };
};

/** The three lines of one box: its top, the middle with whiskers and outliers, its bottom. */
const drawBox = (values: readonly number[], at: Column, columns: number, glyphs: Glyphs) => {
  const box = boxPlot(values);
  if (box.kind === 'empty') return undefined;
  const [low, q1, middle, q3, high] = [box.whiskerLow, box.q1, box.median, box.q3, box.whiskerHigh].map(at);
  if (
    low === undefined ||
    q1 === undefined ||
    middle === undefined ||
    q3 === undefined ||
    high === undefined
  ) {
    return undefined;
  }
  const edge = ([left, line, median, right]: Glyphs['top']): string => {
    const row = canvas(columns);
    row.fill(q1, q3, line);
    row.put(q1, left);
    row.put(q3, right);
    row.put(
      middle,
      middle === q1 || middle === q3 ? (q1 === q3 ? ' ' : middle === q1 ? left : right) : median,
    );
    return row.text();
  };
  const row = canvas(columns);
  for (const outlier of [...box.mildOutliers, ...box.extremeOutliers])
    row.put(at(outlier), glyphs.middle.outlier);
  row.fill(low, high, glyphs.middle.whisker);
  row.put(low, glyphs.middle.end[0]);
  row.put(high, glyphs.middle.end[1]);
  row.fill(q1, q3, ' ');
  row.put(q1, glyphs.middle.box[0]);
  row.put(q3, glyphs.middle.box[2]);
  row.put(middle, middle === q1 || middle === q3 ? glyphs.middle.flat : glyphs.middle.box[1]);
  return { top: edge(glyphs.top), middle: row.text(), bottom: edge(glyphs.bottom), median: box.median };
};

/** `20 ms ────────── 310 ms`: the ends of the shared axis below the boxes. */
const axisLine = (lowest: number, highest: number, unit: string, columns: number, glyphs: Glyphs): string => {
  const left = `${formatNumber(lowest)} ${unit}`;
  const right = `${formatNumber(highest)} ${unit}`;
  const line = columns - left.length - right.length - 2;
  return line >= 1 ? `${left} ${glyphs.axis.repeat(line)} ${right}` : left;
};

/** Box plots below each other on one shared axis from the smallest to the largest value of all groups. */
export const terminalBoxPlots = (
  groups: readonly BoxGroup[],
  unit: string,
  options: TerminalOptions,
): readonly Line[] => {
  const columns = columnsOf(options);
  const ascii = options.ascii === true;
  const glyphs = ascii ? ASCII : BLOCKS;
  const finite = groups.map((group) => ({ ...group, values: drawable(group.values) }));
  const longestLabel = groups.reduce((longest, { label }) => Math.max(longest, label.length), 0);
  const labelColumns = Math.min(longestLabel, LONGEST_LABEL, Math.floor(columns * 0.3));
  const plotColumns = columns - labelColumns - 2;
  const pad: Segment = { text: ' '.repeat(labelColumns + 2), role: 'space' };
  const labelled = (label: string, rest: Segment): Line => [
    { text: toWidth(label, labelColumns, ascii), role: 'label' },
    { text: '  ', role: 'space' },
    rest,
  ];
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of finite.flatMap(({ values }) => values)) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const span = highest - lowest;
  const at: Column = (value) =>
    span > 0 ? Math.round(((value - lowest) / span) * (plotColumns - 1)) : Math.floor(plotColumns / 2);
  const boxes = finite.flatMap(({ label, role, values }): readonly Line[] => {
    const box = drawBox(values, at, plotColumns, glyphs);
    if (box === undefined)
      return [labelled(label, { text: toWidth('no data', plotColumns, ascii).trimEnd(), role: 'axis' })];
    return [
      [pad, { text: box.top.trimEnd(), role }],
      labelled(label, { text: box.middle.trimEnd(), role }),
      [pad, { text: box.bottom.trimEnd(), role }],
    ];
  });
  if (lowest > highest) return boxes;
  const axis = toWidth(axisLine(lowest, highest, unit, plotColumns, glyphs), plotColumns, ascii);
  return [...boxes, [pad, { text: axis.trimEnd(), role: 'axis' }]];
};
