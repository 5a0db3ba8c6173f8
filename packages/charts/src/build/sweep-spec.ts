import { drawable, isDrawable } from '../drawable.ts';
import { displayText, trimMiddle } from '../format.ts';
import { framed, thinnedNote } from '../framed.ts';
import { axisTitle, scaleFor } from '../scale.ts';
import { INK } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';
import { notDrawableNote } from './arm-values.ts';
import { colourBySeries, shapeBySeries } from './arms.ts';
import { sweepAxis } from './sweep-axis.ts';
import { type Curve, canStand, confidenceOf, type SweepRequest } from './sweep-curves.ts';

const MOST_TICKS = 16;
const HEIGHT_PX = 320;
const MARKER_LINE_PX = 15;
export function sweepSpec(request: SweepRequest, curves: readonly Curve[], quantity: string) {
  const { title, lines = [], x: swept, y: measure, markers = [] } = request;
  const looks = curves.map(({ look }) => look);
  const steps = curves.flatMap(({ look, steps: own }) =>
    own.map((step) => ({ series: look.label, ...step })),
  );
  const bands = steps.flatMap(({ series, x, interval }) =>
    interval?.kind === 'interval' && isDrawable(interval.low) && isDrawable(interval.high)
      ? [{ series, x, low: interval.low, high: interval.high }]
      : [],
  );
  const fits = curves.flatMap(({ look, fitted }) =>
    fitted.map(({ x, y }) => ({ series: look.label, x, value: y })),
  );
  const measured = steps.flatMap(({ series, x, values }) =>
    drawable(values).map((value) => ({ series, x, value })),
  );
  const points = thin(
    measured.toSorted((a, b) => a.value - b.value),
    MOST_POINTS,
  );
  const means = steps.map(({ series, x, estimate }) => ({ series, x, value: estimate }));
  const places = [...new Set(steps.map((step) => step.x))].toSorted((a, b) => a - b);
  const marks = markers.filter(({ x }) => canStand(x, swept.scale));
  const xValues = [...places, ...fits.map((point) => point.x), ...marks.map((mark) => mark.x)];
  const yScale = scaleFor([
    ...[...points, ...means, ...fits].map(({ value }) => value),
    ...bands.flatMap(({ low, high }) => [low, high]),
  ]);
  const along = sweepAxis(swept.scale, xValues);
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    scale: along.scale,
    axis: {
      title: along.title(swept.name, swept.unit),
      // With the count of the theme, Vega would draw every second of more ticks than that.
      ...(places.length <= MOST_TICKS ? { values: places, tickCount: MOST_TICKS } : along.ticks),
      // Steps may stand close at one end: as many are named as have room.
      labelOverlap: 'greedy' as const,
      format: ',~r',
      grid: false,
    },
  };
  const yAxis = { axis: { title: axisTitle(quantity, measure.unit, yScale) } };
  const y = { field: 'value', type: 'quantitative' as const, scale: { ...yScale }, ...yAxis };
  const colour = colourBySeries(looks, { symbolSize: 110, symbolOpacity: 1 });
  const shape = shapeBySeries(looks, { symbolOpacity: 1 });
  return framed(
    title,
    [
      ...[
        [
          ...(bands.length > 0 ? [`band: ${confidenceOf(curves)}`] : []),
          ...(measured.length > 0 ? ['small points: every measurement'] : []),
        ].join('; '),
      ].filter((line) => line !== ''),
      ...(fits.length > 0 ? ['thin dotted lines: fitted'] : []),
      ...thinnedNote(points.length, measured.length),
      ...notDrawableNote(
        request.series
          .flatMap(({ steps: own }) => own.flatMap(({ values }) => values))
          .filter((value) => !isDrawable(value)).length,
      ),
      ...lines,
    ],
    {
      heightPx: HEIGHT_PX,
      layer: [
        {
          data: { values: bands },
          mark: { type: 'area', opacity: 0.22 },
          encoding: {
            x,
            y: { ...y, field: 'low' },
            y2: { field: 'high' },
            color: colour,
          },
        },
        {
          data: { values: [...points] },
          mark: { type: 'point', filled: true, size: 22, opacity: 0.45 },
          encoding: { x, y, color: colour, shape },
        },
        ...looks.map(({ label, colour: stroke, dash }) => ({
          data: { values: means.filter(({ series }) => series === label) },
          mark: { type: 'line' as const, strokeWidth: 2.2, color: stroke, strokeDash: [...dash] },
          encoding: { x, y },
        })),
        {
          data: { values: means },
          mark: { type: 'point', filled: true, opacity: 1, size: 80, stroke: '#ffffff', strokeWidth: 0.8 },
          encoding: { x, y, color: colour, shape },
        },
        {
          data: { values: fits },
          mark: { type: 'line', strokeWidth: 1.4, strokeDash: [2, 3] },
          encoding: { x, y, color: colour },
        },
        {
          data: { values: marks.map((mark) => ({ x: mark.x })) },
          mark: { type: 'rule', color: INK, strokeDash: [6, 3], strokeWidth: 1.4 },
          encoding: { x },
        },
        // Of those to the left of the middle the text stands on the right: it has room there. One above the other
        // at the bottom, where a quantity that is drawn from 0 on leaves room.
        ...marks.map((mark, index) => {
          const isLeft = along.placeOf(mark.x) < 0.5;
          return {
            data: { values: [{ x: mark.x, text: trimMiddle(displayText(mark.label), 40) }] },
            mark: {
              type: 'text' as const,
              align: isLeft ? ('left' as const) : ('right' as const),
              baseline: 'bottom' as const,
              dx: isLeft ? 5 : -5,
              y: HEIGHT_PX - 6 - index * MARKER_LINE_PX,
              fontSize: 12,
              color: INK,
            },
            encoding: { x, text: { field: 'text', type: 'nominal' as const } },
          };
        }),
      ],
    },
  );
}
