import type { DrawnChart } from '../drawn-chart.ts';
import { displayText, formatCount, formatNumber, trimEnd } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, OUTLINED } from '../theme.ts';
import { confidenceText, intervalText, notDrawableNote } from './arm-values.ts';
import { type ArmLook, colourBySeries, looksOf } from './arms.ts';
import {
  type BarFigure,
  type DrawnFigure,
  drawnFigure,
  figureText,
  whiskerLayers,
  whiskerOf,
} from './bar-figures.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface BarsRequest extends ChartHeading {
  readonly measure: Measure;
  /** `mean`, `median`, `p99`: what of the measure a bar shows; empty where the figure is all there is. */
  readonly statistic: string;
  readonly bars: readonly {
    readonly label: string;
    readonly figure: BarFigure;
    /** Where somebody else published the figure: drawn as an outline only, beside those of this run. */
    readonly source?: string;
  }[];
}

interface Bar extends DrawnFigure {
  readonly look: ArmLook;
  /** undefined for a figure of this run. */
  readonly source: string | undefined;
}

const TALLEST_BAR_PX = 62;
const ALL_BARS_PX = 560;
const LONGEST_SOURCE = 200;
const HOLLOW = { color: '#ffffff', stroke: INK, strokeWidth: 1.6, strokeDash: [5, 3] };
const NOTHING = 'none of the figures was measured';

const barsOf = (bars: BarsRequest['bars']): readonly Bar[] => {
  const looks = looksOf(bars.map(({ label }) => label));
  return bars.flatMap(({ figure, source }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    return [
      {
        look,
        source: source === undefined ? undefined : trimEnd(displayText(source), LONGEST_SOURCE),
        ...drawnFigure(figure),
      },
    ];
  });
};

/** A few named figures as bars, with their intervals where they were measured often enough. */
export const barsChart = (request: BarsRequest): DrawnChart => {
  const { id, title, measure, statistic } = request;
  const bars = barsOf(request.bars);
  const quantity = [statistic, measure.name].filter((part) => part !== '').join(' ');
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  const saidOf = (chosen: readonly Bar[]) =>
    chosen.map(({ look, value }) => `${look.label}: ${figureText(value, measure.unit)}`).join('; ');
  const published = bars.filter(isPublished);
  const elsewhere =
    published.length === 0 ? '' : `published elsewhere, not measured here: ${saidOf(published)}`;
  const here = saidOf(bars.filter((bar) => !isPublished(bar)));
  const said = [here, here === '' ? elsewhere : capitalise(elsewhere)]
    .filter((part) => part !== '')
    .join('. ');
  return {
    id,
    title,
    spec: specOf(request, bars, quantity),
    readingSentence: isEmpty(bars)
      ? noDataSentence(NOTHING)
      : paragraph(`${capitalise(quantity)}, ${said}.`, request.remark ?? '', howToRead(bars)),
    altText: `Bar chart of the ${quantity}: ${said || 'no data'}.`,
    table: {
      columns: [
        'arm',
        'n',
        `${quantity}${unit}`,
        `${confidenceOf(bars)}${unit}`,
        ...(published.length > 0 ? ['source'] : []),
      ],
      rows: bars.map(({ look, source, value, result }) => [
        look.label,
        result === undefined ? '–' : formatCount(result.n),
        value === null ? '–' : formatNumber(value),
        result === undefined ? '–' : intervalText(result),
        ...(published.length > 0 ? [source ?? 'this run'] : []),
      ]),
    },
  };
};

const isPublished = ({ source }: Bar): boolean => source !== undefined;

const isEmpty = (bars: readonly Bar[]): boolean => bars.every(({ value }) => value === null);

const confidenceOf = (bars: readonly Bar[]): string =>
  confidenceText(bars.find(({ result }) => result?.kind === 'interval')?.result);

const howToRead = (bars: readonly Bar[]): string => {
  const few = bars.filter(({ result }) => result?.kind === 'too few').map(({ look }) => look.label);
  return paragraph(
    bars.some(({ result }) => result?.kind === 'interval')
      ? 'The whiskers show how far a figure would move if it were measured again on as many of the same kind.'
      : '',
    bars.some(isPublished) ? 'Hollow bars are published figures; the table names their sources.' : '',
    few.length > 0 ? `Too few for an interval: ${few.join(', ')}.` : '',
  );
};

function specOf(
  { title, lines = [], measure, bars: given }: BarsRequest,
  bars: readonly Bar[],
  quantity: string,
) {
  if (isEmpty(bars)) return noDataFramed(title, lines, NOTHING);
  const values = bars.map(({ look, source, value, result }, lane) => ({
    series: look.label,
    lane,
    from: 0,
    value: value ?? 0,
    ...whiskerOf({ value, result }),
    end: Math.max(0, value ?? 0, whiskerOf({ value, result }).high),
    isPublished: source !== undefined,
    text: `${figureText(value, measure.unit)}${source === undefined || value === null ? '' : ', published'}${result?.kind === 'too few' && value !== null ? ' (too few for an interval)' : ''}`,
  }));
  // Room for the value to the right of the longest bar.
  const scale = linearScale(
    values.flatMap(({ low, high, value }) => [low, high, value]),
    values.some(({ text }) => text.length > 16) ? 0.5 : 0.2,
  );
  const x = {
    type: 'quantitative' as const,
    scale,
    axis: { title: axisTitle(quantity, measure.unit, scale) },
  };
  const y = { ...laneAxis(bars.map(({ look }) => look.label)), field: 'lane' };
  const rowPx = Math.max(18, Math.min(TALLEST_BAR_PX, ALL_BARS_PX / bars.length));
  const colour = colourBySeries(
    bars.map(({ look }) => look),
    null,
  );
  const notFinite = given.filter(({ figure }, index) => figure !== null && bars[index]?.value === null);
  return framed(
    title,
    [
      ...(bars.some(({ result }) => result?.kind === 'interval') ? [`whiskers: ${confidenceOf(bars)}`] : []),
      ...notDrawableNote(notFinite.filter(({ figure }) => typeof figure === 'number').length),
      ...lines,
    ],
    {
      heightPx: rowPx * bars.length,
      layer: [
        {
          data: { values },
          transform: [{ filter: '!datum.isPublished' }],
          mark: { type: 'bar', orient: 'horizontal', height: rowPx * 0.7, ...OUTLINED },
          encoding: { x: { ...x, field: 'from' }, x2: { field: 'value' }, y, color: colour },
        },
        {
          data: { values },
          transform: [{ filter: 'datum.isPublished' }],
          mark: { type: 'bar', orient: 'horizontal', height: rowPx * 0.7, ...HOLLOW },
          encoding: { x: { ...x, field: 'from' }, x2: { field: 'value' }, y },
        },
        ...whiskerLayers(values, x, y, Math.min(16, rowPx * 0.5)),
        {
          data: { values },
          mark: { type: 'text', align: 'left', dx: 9, fontSize: 13, fontWeight: 'bold', color: INK },
          encoding: { x: { ...x, field: 'end' }, y, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}
