import type { ChartInput } from './chart.ts';
import { coldRows, type MeasuredRow, warmRows } from './rows.ts';
import { SHORT_LABEL, SIDES, type Side, sideLabel } from './sides.ts';
import { COLD_COLOUR, COLD_SHAPE, SIDE_STYLE } from './theme.ts';

/** A group of points with a look and a legend entry of its own: a side's warm rows, or its cold ones. */
export interface Series {
  readonly label: string;
  readonly side: Side;
  readonly colour: string;
  readonly shape: string;
  readonly rows: readonly MeasuredRow[];
}

/** The series that have rows: warm ones in their side's look, cold ones marked. */
export const seriesOf = (input: ChartInput): readonly Series[] =>
  SIDES.flatMap((side) => {
    const label = sideLabel(side, input);
    const { colour, shape } = SIDE_STYLE[side];
    return [
      { label, side, colour, shape, rows: warmRows(input, side) },
      {
        label: `${SHORT_LABEL[side]}, cold start`,
        side,
        colour: COLD_COLOUR,
        shape: side === 'cloud' ? COLD_SHAPE : 'square',
        rows: coldRows(input, side),
      },
    ];
  }).filter(({ rows }) => rows.length > 0);

/** Colour and shape of points by series, merged into one legend. */
export const seriesEncoding = (series: readonly Series[]) => {
  const domain = series.map(({ label }) => label);
  return {
    color: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain, range: series.map(({ colour }) => colour) },
    },
    shape: {
      field: 'series',
      type: 'nominal' as const,
      scale: { domain, range: series.map(({ shape }) => shape) },
    },
  };
};
