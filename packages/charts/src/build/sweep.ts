import type { IntervalResult } from '@skyground/statistics';
import { drawable, isDrawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import {
  displayText,
  formatChosen,
  formatCount,
  formatNumber,
  formatQuantity,
  trimMiddle,
} from '../format.ts';
import { framed, noDataFramed, noDataSentence, thinnedNote } from '../framed.ts';
import { axisTitle, linearScale, logScale, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';
import { confidenceText, intervalText, notDrawableNote } from './arm-values.ts';
import { type ArmLook, colourBySeries, looksOf, shapeBySeries } from './arms.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface SweepRequest extends ChartHeading {
  /** What was varied; `log2` for steps that double, all above zero. */
  readonly x: Measure & { readonly scale: 'linear' | 'log2' };
  readonly y: Measure;
  /** `mean`, `median`, `p99`: what of y the line shows; empty where one value a step is all there is. */
  readonly statistic: string;
  readonly series: readonly SweepSeries[];
  /** A vertical line that means something, such as the knee of a fit. */
  readonly marker?: { readonly x: number; readonly label: string };
}

export interface SweepSeries {
  readonly arm: string;
  readonly steps: readonly SweepStep[];
  /** A fitted curve through the steps, drawn thin and dashed; its points close enough to look smooth. */
  readonly fitted?: readonly { readonly x: number; readonly y: number }[];
}

export interface SweepStep {
  readonly x: number;
  /** The statistic at this step, with its interval or too few values for one. */
  readonly figure: IntervalResult;
  /** What was measured at this step, drawn as points. */
  readonly values: readonly number[];
}

interface Curve {
  readonly look: ArmLook;
  readonly steps: readonly (SweepStep & { readonly estimate: number })[];
  readonly fitted: readonly { readonly x: number; readonly y: number }[];
}

const MOST_TICKS = 16;
const NOTHING = 'no step of the sweep was measured';

/** How a figure changes with a quantity that was varied step by step: measured points, line, interval band, fit. */
export const sweepChart = (request: SweepRequest): DrawnChart => {
  const { id, title, x, y, statistic } = request;
  const curves = curvesOf(request);
  const isEmpty = curves.every(({ steps }) => steps.length === 0);
  const quantity = [statistic, y.name].filter((part) => part !== '').join(' ');
  const titled = (name: string, unit: string) => (unit === '' ? name : `${name} (${unit})`);
  const said = curves.map((curve) => spanOf(curve)).join('; ');
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, request.lines ?? [], NOTHING) : specOf(request, curves, quantity),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(`${capitalise(quantity)}, ${said}.`, request.remark ?? '', howToRead(curves)),
    altText: `Line chart of the ${quantity} against ${x.name}: ${said || 'no data'}.`,
    table: {
      columns: [
        'arm',
        titled(x.name, x.unit),
        'n',
        titled(quantity, y.unit),
        titled(confidenceOf(curves), y.unit),
      ],
      rows: curves.flatMap(({ look, steps }) =>
        steps.map(({ x: at, figure, estimate }) => [
          look.label,
          formatChosen(at),
          formatCount(figure.n),
          formatNumber(estimate),
          intervalText(figure),
        ]),
      ),
    },
  };

  function spanOf({ look, steps }: Curve): string {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return `${look.label}: no data`;
    const at = (step: typeof first) =>
      `${formatQuantity(step.estimate, y.unit)} at ${formatChosen(step.x)}${x.unit === '' ? '' : ` ${x.unit}`}`;
    return `${look.label}: ${first === last ? at(first) : `from ${at(first)} to ${at(last)}`}`;
  }
};

function curvesOf({ x, series }: SweepRequest): readonly Curve[] {
  const looks = looksOf(series.map(({ arm }) => arm));
  const canStand = (at: number) => isDrawable(at) && (x.scale === 'linear' || at > 0);
  return series.flatMap(({ steps, fitted = [] }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    return [
      {
        look,
        steps: steps
          .flatMap((step) => {
            const { estimate } = step.figure;
            return canStand(step.x) && estimate !== null && isDrawable(estimate)
              ? [{ ...step, estimate }]
              : [];
          })
          .toSorted((a, b) => a.x - b.x),
        fitted: fitted.filter((point) => canStand(point.x) && isDrawable(point.y)),
      },
    ];
  });
}

const confidenceOf = (curves: readonly Curve[]): string =>
  confidenceText(
    curves.flatMap(({ steps }) => steps).find(({ figure }) => figure.kind === 'interval')?.figure,
  );

const howToRead = (curves: readonly Curve[]): string => {
  const figures = curves.flatMap(({ steps }) => steps.map(({ figure }) => figure));
  const few = figures.filter(({ kind }) => kind === 'too few').length;
  return paragraph(
    few < figures.length
      ? `The band is the ${confidenceOf(curves)}; every point was measured.`
      : 'Every point was measured.',
    few > 0
      ? `${formatCount(few)} of ${formatCount(figures.length)} steps have too few values for an interval.`
      : '',
  );
};

function specOf(request: SweepRequest, curves: readonly Curve[], quantity: string) {
  const { title, lines = [], x: swept, y: measure, marker } = request;
  const looks = curves.map(({ look }) => look);
  const steps = curves.flatMap(({ look, steps: own }) =>
    own.map((step) => ({ series: look.label, ...step })),
  );
  const bands = steps.flatMap(({ series, x, figure }) =>
    figure.kind === 'interval' && isDrawable(figure.low) && isDrawable(figure.high)
      ? [{ series, x, low: figure.low, high: figure.high }]
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
  const marks =
    marker !== undefined && isDrawable(marker.x) && (swept.scale === 'linear' || marker.x > 0)
      ? [marker]
      : [];
  const xValues = [...places, ...fits.map((point) => point.x), ...marks.map((mark) => mark.x)];
  const yScale = scaleFor([
    ...[...points, ...means, ...fits].map(({ value }) => value),
    ...bands.flatMap(({ low, high }) => [low, high]),
  ]);
  const xScale = swept.scale === 'log2' ? { ...logScale(xValues), base: 2 } : linearScale(xValues);
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    scale: xScale,
    axis: {
      title: axisTitle(swept.name, swept.unit, xScale),
      ...(places.length <= MOST_TICKS ? { values: places } : {}),
      format: '~r',
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
      ...(bands.length > 0 ? [`band: ${confidenceOf(curves)}; small points: every measurement`] : []),
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
      heightPx: 320,
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
        {
          data: {
            values: marks.map((mark) => ({ x: mark.x, text: trimMiddle(displayText(mark.label), 40) })),
          },
          mark: { type: 'text', align: 'right', baseline: 'top', dx: -5, y: 2, fontSize: 12, color: INK },
          encoding: { x, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}
