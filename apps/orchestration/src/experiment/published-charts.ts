import { barsChart, type DrawnChart, sweepChart } from '@skyground/charts';
import type { IntervalResult } from '@skyground/statistics';
import { typeName } from './format.ts';
import { labSizes } from './parameters.ts';
import { publishedFigures, publishedReadOn, publishedSeries } from './published.ts';
import { meanInterval, medianInterval } from './spread.ts';
import type { Summary } from './summary.ts';
import { ofType, typesIn, valuesAt } from './sweep-summary.ts';

type Quantity = (typeof publishedFigures)[number]['quantity'];

/** What was measured here beside what others measured on AWS: never two definitions under one name. */
export function publishedCharts(summary: Summary): readonly DrawnChart[] {
  const { lab } = summary;
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const parallel = lab.parallel.executions.map(({ figures }) => figures);
  return [
    barsOf(
      summary,
      {
        id: 'published-gap',
        title: 'One hand-over of a chain, here and on AWS',
        measure: { name: 'time of a hand-over', unit: 'ms' },
        remark: gapRemark,
      },
      [
        { label: 'here, events (mean)', figure: meanInterval(chain.flatMap(({ gapsMs }) => gapsMs)) },
        ...others('chain gap', 'event gap'),
        {
          label: 'here, handlers (median)',
          figure: medianInterval(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs)),
        },
        ...others('chain gap', 'handler to handler'),
      ],
    ),
    barsOf(
      summary,
      {
        id: 'published-share',
        title: "The lab's percentages, here and on AWS",
        measure: { name: 'overhead percentage', unit: '%' },
        remark: shareRemark,
      },
      [
        {
          label: 'here, CHAIN (mean)',
          figure: meanInterval(chain.map(({ overheadPercent }) => overheadPercent)),
        },
        ...others('chain percent', 'event gap'),
        {
          label: 'here, PARALLEL (mean)',
          figure: meanInterval(parallel.map(({ overheadPercent }) => overheadPercent)),
        },
        ...others('fan-out percent', 'event gap'),
      ],
    ),
    fanOut(summary),
  ];
}

const wholeMs = 'Event timestamps have whole milliseconds, of which only a mean tells fractions.';
const gapRemark = `Compare bars of the same definition only: events is TaskSucceeded to the next TaskStateEntered, handlers is the end of one handler to the begin of the next. ${wholeMs} SeBS-Flow's handlers hold 8 to 9 ms of its own measuring.`;
const shareRemark = `By the lab's definition: gaps of the events, or the fan-out delay to the last TaskStarted, as a share of the duration. ${wholeMs}`;

interface Bar {
  readonly label: string;
  readonly figure: IntervalResult | number;
  /** Of what others measured. */
  readonly source?: string;
}

function others(quantity: Quantity, definition: 'event gap' | 'handler to handler'): readonly Bar[] {
  return publishedFigures
    .filter((figure) => figure.quantity === quantity && figure.definition === definition)
    .map(({ label, value, statistic, source, where }) => ({
      label: `${label}, ${definition === 'event gap' ? 'events' : 'handlers'}`,
      figure: value,
      source: `${source} (${statistic}; ${where})`,
    }));
}

interface Heading {
  readonly id: string;
  readonly title: string;
  readonly measure: { readonly name: string; readonly unit: string };
  readonly remark: string;
}

function barsOf({ targetLabel, isEmbedded }: Summary, heading: Heading, bars: readonly Bar[]): DrawnChart {
  return barsChart({
    ...heading,
    statistic: '',
    lines: [hereLine(targetLabel, isEmbedded), `others: on AWS, read on ${publishedReadOn}`],
    bars,
  });
}

function hereLine(targetLabel: string, isEmbedded: boolean): string {
  return isEmbedded
    ? `here: ${targetLabel}, this machine's processor and no network: not AWS`
    : `here: ${targetLabel}`;
}

function fanOut(summary: Summary): DrawnChart {
  const { targetLabel, isEmbedded } = summary;
  const { name, points } = ownFanOut(summary);
  const seriesOf = (arm: string, figure: 'eventMs' | 'handlerMs') => ({
    arm: `here, ${arm} (${name})`,
    steps: points.map((point) => ({
      x: point.x,
      figure: medianInterval(point[figure]),
      values: point[figure],
    })),
  });
  // The axis is logarithmic, so that hundredths of the others' seconds can be seen; it has no place for 0 ms.
  const isShown = points.every(({ eventMs }) => eventMs.every((value) => value > 0));
  const published = (width: number, value: number) => ({ x: width, figure: value, values: [] });
  const course = publishedFigures.filter(({ quantity }) => quantity === 'fan-out');
  return sweepChart({
    id: 'published-fan-out',
    title: 'Fan-out against width, here and on AWS',
    lines: [hereLine(targetLabel, isEmbedded), `others: on AWS, read on ${publishedReadOn}`],
    x: { name: 'branches', unit: '', scale: 'log2' },
    y: { name: 'fan-out', unit: 'ms' },
    statistic: '',
    remark: `Ours are medians. Each line has a definition of its own: compare the shape, not the height. With 20 branches both published series take a second, with 16 or 18 some ten or hundred milliseconds.${isShown ? '' : ' Our fan-out by events is below a millisecond at some widths and left out here.'} ${publishedSeries.map(({ label, definition, source }) => `${label}: ${definition}; ${source}.`).join(' ')} ${course.map(({ label, statistic, source }) => `${label}: ${statistic}; ${source}.`).join(' ')}`,
    series: [
      ...(isShown ? [seriesOf('events', 'eventMs')] : []),
      seriesOf('handlers', 'handlerMs'),
      { arm: 'course, events (AWS)', steps: course.map(({ width = 1, value }) => published(width, value)) },
      ...publishedSeries.map(({ label, points: of }) => ({
        arm: label,
        steps: of.map(({ width, value }) => published(width, value)),
      })),
    ],
  });
}

/** Of the sweep of widths, with Standard where it was made; the lab's own PARALLEL where there was none. */
function ownFanOut({ sweeps, lab }: Summary) {
  const [type] = typesIn(sweeps.width);
  if (type === undefined) {
    const figures = lab.parallel.executions.map((execution) => execution.figures);
    const lone = {
      x: labSizes.PARALLEL,
      eventMs: figures.map(({ fanOutDelayMs }) => fanOutDelayMs),
      handlerMs: figures.map(({ handlerFanOutDelayMs }) => handlerFanOutDelayMs),
    };
    return { name: "the lab's PARALLEL", points: [lone] };
  }
  const points = ofType(sweeps.width, type).map((point) => ({
    x: point.x,
    eventMs: valuesAt(point, 'eventMs'),
    handlerMs: valuesAt(point, 'handlerMs'),
  }));
  return { name: typeName(type), points };
}
