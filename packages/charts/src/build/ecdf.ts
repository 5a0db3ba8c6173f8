import { ecdf } from '@skyground/statistics';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, formatQuantity, pictureText, plural } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { axisTitle, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { COLD_COLOUR } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';
import { type ArmValues, notDrawableNote, type SummarisedArm, summariseArms } from './arm-values.ts';
import { COLD, COLD_LOOK, colourBySeries, shapeBySeries } from './arms.ts';
import { countsOf } from './counts.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface EcdfRequest extends ChartHeading {
  readonly measure: Measure;
  readonly arms: readonly ArmValues[];
  /** One of what was measured: `image`, `request`. */
  readonly thing: string;
}

/** A tail ten times the fastest would press the rest of a linear axis together. */
const WIDE_RATIO = 10;

/** Share of all that took at most so long, by arm: every quantile at once, and where arms cross. */
export const ecdfChart = (request: EcdfRequest): DrawnChart => {
  const { id, title, measure, thing } = request;
  const arms = summariseArms(request.arms);
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  return {
    id,
    title,
    spec: specOf(request, arms),
    readingSentence: sentenceOf(request, arms),
    altText: `Cumulative distribution of the ${measure.name}: ${
      arms
        .map(({ look, figures }) =>
          figures === undefined
            ? `${look.label} no data`
            : `${look.label} median ${formatQuantity(figures.median, measure.unit)}, 95 % within ${formatQuantity(figures.p95, measure.unit)}`,
        )
        .join('; ') || 'no data'
    }.`,
    table: {
      columns: [
        'arm',
        `n (warm)`,
        ...['50 %', '95 %', '99 %', 'all'].map((share) => `${share} within${unit}`),
      ],
      rows: arms.map(({ look, figures }) => [
        look.label,
        formatCount(figures?.n ?? 0),
        ...(figures === undefined
          ? ['–', '–', '–', '–']
          : [figures.median, figures.p95, figures.p99, figures.max].map(formatNumber)),
      ]),
    },
  };

  function specOf({ lines = [] }: EcdfRequest, of: readonly SummarisedArm[]) {
    const about = countsOf(
      of.map(({ look, warm, cold, failed }) => ({
        label: look.label,
        warm: warm.length,
        cold: cold.length,
        failed,
      })),
    );
    const withValues = of.filter(({ warm }) => warm.length > 0);
    const curves = withValues.map(({ look, warm }) => stepsOf(look.label, warm));
    const steps = curves.flatMap((curve) => curve.steps);
    const cold = thin(
      of.flatMap((arm) => arm.cold.map((value) => ({ series: COLD, value, percent: 0 }))),
      MOST_POINTS,
    );
    if (steps.length + cold.length === 0) return noDataFramed(title, [...about, ...lines], nothing(thing));
    const looks = withValues.map(({ look }) => look);
    const scale = scaleFor(
      [...steps, ...cold].map(({ value }) => value),
      WIDE_RATIO,
    );
    const x = {
      field: 'value',
      type: 'quantitative' as const,
      scale: { ...scale },
      axis: {
        title: axisTitle(measure.name, measure.unit, scale),
        tickCount: 8,
        ...(scale.type === 'log' ? { format: '~r' } : {}),
      },
    };
    const y = {
      field: 'percent',
      type: 'quantitative' as const,
      scale: { domain: [0, 100] },
      axis: { title: pictureText(`${thing}s within this ${measure.name} (%)`), values: [0, 25, 50, 75, 100] },
    };
    return framed(
      title,
      [
        ...about,
        ...(curves.some(({ thinned }) => thinned)
          ? [`curves drawn through ${formatCount(steps.length)} of their steps, evenly spaced by share`]
          : []),
        ...notDrawableNote(of.reduce((sum, { notDrawable }) => sum + notDrawable, 0)),
        ...lines,
      ],
      {
        heightPx: 300,
        ownLegendForShapes: true,
        layer: [
          {
            data: { values: steps },
            mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.5 },
            encoding: {
              x,
              y,
              color: colourBySeries(looks, { symbolSize: 700, symbolStrokeWidth: 2.5 }),
              strokeDash: {
                field: 'series',
                type: 'nominal',
                scale: { domain: looks.map(({ label }) => label), range: looks.map(({ dash }) => [...dash]) },
              },
            },
          },
          {
            data: { values: [...cold] },
            mark: { type: 'point', filled: true, opacity: 1, size: 80, color: COLD_COLOUR },
            encoding: {
              x,
              y,
              shape: shapeBySeries([COLD_LOOK], cold.length > 0 ? { symbolFillColor: COLD_COLOUR } : null),
            },
          },
        ],
      },
    );
  }
};

const nothing = (thing: string): string => `no ${thing} was measured successfully`;

const stepsOf = (series: string, values: readonly number[]) => {
  const curve = ecdf(values);
  if (curve.kind === 'empty') return { steps: [], thinned: false };
  const steps = curve.points.map(({ value, share }) => ({ series, value, percent: 100 * share }));
  return {
    steps: [...steps.slice(0, 1).map((first) => ({ ...first, percent: 0 })), ...steps],
    thinned: curve.thinned,
  };
};

function sentenceOf(
  { measure: { unit }, thing, remark = '' }: EcdfRequest,
  arms: readonly SummarisedArm[],
): string {
  const cold = arms.reduce((sum, arm) => sum + arm.cold.length, 0);
  if (cold === 0 && arms.every(({ figures }) => figures === undefined)) return noDataSentence(nothing(thing));
  const within = arms.map(({ look, figures }) =>
    figures === undefined
      ? `${look.label}: no warm ${thing}`
      : `${look.label}: half within ${formatQuantity(figures.median, unit)} and 95 % within ${formatQuantity(figures.p95, unit)}`,
  );
  return paragraph(
    `${capitalise(within.join('; '))}.`,
    remark,
    `A curve further left is better; where curves cross, neither is better for every ${thing}.`,
    cold > 0 ? `The curves hold warm ${thing}s; ${plural(cold, 'cold start')} are marked on the axis.` : '',
  );
}
