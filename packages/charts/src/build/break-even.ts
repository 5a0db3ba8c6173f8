import { isDrawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatChosen, formatCount, formatNumber } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { logScale } from '../scale.ts';
import { paragraph } from '../sentence.ts';
import { INK } from '../theme.ts';
import { type ArmLook, colourBySeries, looksOf } from './arms.ts';
import type { ChartHeading } from './heading.ts';

/** Images a month, or on which side of the range they would lie. */
type BoundedVolume = number | 'below the range' | 'above the range';

interface VolumeInterval {
  readonly low: BoundedVolume;
  readonly high: BoundedVolume;
}

/** USD a month; null where there were too few samples for an interval. */
interface MonthlyUsd {
  readonly usd: number;
  readonly lowUsd: number | null;
  readonly highUsd: number | null;
}

/** A comparison of costs as plain data: that of `compareCosts` of packages/cost has this form. */
export interface CostCurves {
  readonly curve: readonly {
    readonly imagesPerMonth: number;
    readonly cloud: MonthlyUsd;
    readonly onPrem: MonthlyUsd;
  }[];
  /** From how many images on-prem is first cheaper, and from how many for good. */
  readonly first: BoundedVolume;
  readonly lasting: BoundedVolume;
  readonly interval:
    | {
        readonly kind: 'interval';
        readonly confidence: number;
        readonly first: VolumeInterval;
        readonly lasting: VolumeInterval;
      }
    | { readonly kind: 'too few' };
  readonly region: string;
  /** ISO date. */
  readonly pricesReadOn: string;
  readonly freeTier: boolean;
}

export interface BreakEvenRequest extends ChartHeading {
  readonly costs: CostCurves;
  /** What the sides are called. */
  readonly labels: { readonly cloud: string; readonly onPrem: string };
}

/** A logarithmic axis has no zero: a month within the free tier is drawn here. */
const LEAST_USD = 0.01;
const NOTHING = 'no cost could be modelled';

/** USD a month against images a month for both sides, with bands and the volume from which on-prem is cheaper. */
export const breakEvenChart = (request: BreakEvenRequest): DrawnChart => {
  const { id, title, costs, labels, lines: given = [], remark = '' } = request;
  const [onPrem, cloud] = looksOf([labels.onPrem, labels.cloud]);
  const curve = costs.curve
    .filter(
      ({ imagesPerMonth, cloud: { usd }, onPrem: { usd: own } }) =>
        isDrawable(imagesPerMonth) && imagesPerMonth > 0 && isDrawable(usd) && isDrawable(own),
    )
    .map((point) => ({ ...point, cloud: withoutAbsurd(point.cloud), onPrem: withoutAbsurd(point.onPrem) }));
  const lines = [
    `modelled: list prices of ${costs.region}, read on ${costs.pricesReadOn}, ${costs.freeTier ? 'with' : 'without'} free tier`,
    ...(costs.interval.kind === 'interval'
      ? [`bands: ${formatChosen(100 * costs.interval.confidence)} % intervals of the mean time of an image`]
      : ['too few samples for intervals']),
    ...given,
  ];
  const isEmpty = curve.length === 0 || onPrem === undefined || cloud === undefined;
  const verdict = isEmpty ? '' : verdictOf({ ...costs, curve }, onPrem.label, cloud.label);
  return {
    id,
    title,
    spec: isEmpty
      ? noDataFramed(title, lines, NOTHING)
      : specOf(title, lines, { costs, curve, onPrem, cloud }),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(
          verdict,
          remark,
          'Both axes are logarithmic: a straight rise is a cost in proportion; steps are whole servers. The bands hold what was measured, not the doubt in prices and parameters.',
        ),
    altText: `Line chart of the modelled cost a month against images a month, both logarithmic: ${isEmpty ? 'no data' : verdict}`,
    table: {
      columns: [
        'images a month',
        ...[labels.onPrem, labels.cloud].flatMap((label) => [`${label} (USD)`, `${label}, interval (USD)`]),
      ],
      rows: curve.map((point) => [
        formatCount(point.imagesPerMonth),
        ...[point.onPrem, point.cloud].flatMap((side) => [
          formatNumber(side.usd),
          side.lowUsd === null || side.highUsd === null
            ? 'too few'
            : `${formatNumber(side.lowUsd)} to ${formatNumber(side.highUsd)}`,
        ]),
      ]),
    },
  };
};

const withoutAbsurd = ({ usd, lowUsd, highUsd }: MonthlyUsd): MonthlyUsd =>
  lowUsd !== null && highUsd !== null && isDrawable(lowUsd) && isDrawable(highUsd)
    ? { usd, lowUsd, highUsd }
    : { usd, lowUsd: null, highUsd: null };

/** `57.6 million`. */
const formatVolume = (images: number): string =>
  images.toLocaleString('en-US', {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 3,
  });

const volume = (images: BoundedVolume): string =>
  typeof images === 'number' ? `${formatVolume(images)} images a month` : `a volume ${images}`;

const bounded = (images: BoundedVolume): string =>
  typeof images === 'number' ? formatVolume(images) : images;

function verdictOf({ first, lasting, interval, curve }: CostCurves, onPrem: string, cloud: string): string {
  const range = `from ${formatVolume(curve[0]?.imagesPerMonth ?? 0)} to ${formatVolume(curve.at(-1)?.imagesPerMonth ?? 0)} images a month`;
  if (first === 'above the range') return `${cloud} is the cheaper side ${range} (modelled).`;
  if (first === 'below the range' && lasting === 'below the range')
    return `${onPrem} is the cheaper side ${range} (modelled).`;
  const between =
    interval.kind === 'interval'
      ? ` (interval ${bounded(interval.first.low)} to ${bounded(interval.first.high)})`
      : ' (too few samples for an interval)';
  const again =
    first === lasting
      ? ''
      : lasting === 'above the range'
        ? `; within the range ${cloud} wins again later`
        : `, and for good from ${volume(lasting)}`;
  return `${onPrem} is cheaper from ${volume(first)}${between}${again} (modelled).`;
}

interface Content {
  readonly costs: CostCurves;
  readonly curve: CostCurves['curve'];
  readonly onPrem: ArmLook;
  readonly cloud: ArmLook;
}

function specOf(title: string, lines: readonly string[], { costs, curve, onPrem, cloud }: Content) {
  const looks = [onPrem, cloud];
  const drawn = (usd: number) => Math.max(LEAST_USD, usd);
  const sides = [
    { look: onPrem, of: (point: Content['curve'][number]) => point.onPrem },
    { look: cloud, of: (point: Content['curve'][number]) => point.cloud },
  ];
  const values = sides.flatMap(({ look, of }) =>
    curve.map((point) => ({ series: look.label, images: point.imagesPerMonth, usd: drawn(of(point).usd) })),
  );
  const bands = sides.map(({ look, of }) => ({
    look,
    values: curve.flatMap((point) => {
      const { lowUsd, highUsd } = of(point);
      return lowUsd === null || highUsd === null
        ? []
        : [{ images: point.imagesPerMonth, low: drawn(lowUsd), high: drawn(highUsd) }];
    }),
  }));
  const isBelow = values.some(({ usd }) => usd === LEAST_USD);
  const [low = 1, high = 1] = [curve[0]?.imagesPerMonth, curve.at(-1)?.imagesPerMonth];
  const within = (images: BoundedVolume) =>
    images === 'below the range' ? low : images === 'above the range' ? high : images;
  const marks =
    typeof costs.first === 'number'
      ? [{ images: costs.first, text: `break-even: ${formatVolume(costs.first)}` }]
      : [];
  const spans =
    marks.length > 0 && costs.interval.kind === 'interval'
      ? [{ from: within(costs.interval.first.low), to: within(costs.interval.first.high) }]
      : [];
  const xScale = logScale(curve.map(({ imagesPerMonth }) => imagesPerMonth));
  const yScale = logScale([
    ...values.map(({ usd }) => usd),
    ...bands.flatMap((band) => band.values.flatMap(({ low: least, high: most }) => [least, most])),
  ]);
  const x = {
    type: 'quantitative' as const,
    scale: { ...xScale },
    axis: {
      title: 'images a month (log scale)',
      format: '~s',
      // Nobody counts images in giga.
      labelExpr: "replace(datum.label, 'G', 'B')",
      tickCount: 8,
      grid: false,
    },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { ...yScale },
    axis: { title: 'modelled cost (USD a month, log scale)', format: ',~r', tickCount: 7 },
  };
  const colour = colourBySeries(looks, { symbolSize: 700, symbolStrokeWidth: 2.5 });
  return framed(title, [...lines, ...(isBelow ? ['less than 0.01 USD is drawn at 0.01'] : [])], {
    heightPx: 340,
    layer: [
      {
        data: { values: spans },
        mark: { type: 'rect', color: '#888888', opacity: 0.2 },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
      },
      ...bands.map((band) => ({
        data: { values: band.values },
        mark: { type: 'area' as const, opacity: 0.22, color: band.look.colour },
        encoding: { x: { ...x, field: 'images' }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      })),
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.4 },
        encoding: {
          x: { ...x, field: 'images' },
          y: { ...y, field: 'usd' },
          color: colour,
          strokeDash: {
            field: 'series',
            type: 'nominal',
            scale: { domain: looks.map(({ label }) => label), range: looks.map(({ dash }) => [...dash]) },
          },
        },
      },
      {
        data: { values: marks },
        mark: { type: 'rule', color: INK, strokeDash: [6, 3], strokeWidth: 1.4 },
        encoding: { x: { ...x, field: 'images' } },
      },
      {
        data: { values: marks },
        mark: {
          type: 'text',
          align: 'right',
          baseline: 'top',
          dx: -6,
          y: 2,
          fontSize: 12,
          fontWeight: 'bold',
          color: INK,
        },
        encoding: { x: { ...x, field: 'images' }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
}
