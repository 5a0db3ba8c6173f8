import { barsChart, type DrawnChart, sweepChart } from '@skyground/charts';
import type { IntervalResult } from '@skyground/statistics';
import type { LabSummary } from './lab-summary.ts';
import { publishedFigures, publishedReadOn, publishedSeries } from './published.ts';
import { meanInterval, medianInterval } from './spread.ts';
import type { Summary } from './summary.ts';
import { ofType, valuesAt } from './sweep-summary.ts';

type Quantity = (typeof publishedFigures)[number]['quantity'];

/** What was measured here beside what others measured on AWS: never two definitions under one name. */
export function publishedCharts(summary: Summary): readonly DrawnChart[] {
  const { lab } = summary;
  const chain = lab.chain.executions.map(({ figures }) => figures);
  const parallel = lab.parallel.executions.map(({ figures }) => figures);
  return [
    bars(summary, 'published-gap', 'One hand-over of a chain, here and on AWS', 'time of a hand-over', 'ms', [
      { name: 'here, events (mean)', figure: meanInterval(chain.flatMap(({ gapsMs }) => gapsMs)) },
      ...others('chain gap', 'event gap'),
      {
        name: 'here, handlers (median)',
        figure: medianInterval(chain.flatMap(({ handlerGapsMs }) => handlerGapsMs)),
      },
      ...others('chain gap', 'handler to handler'),
    ]),
    bars(summary, 'published-share', "The lab's percentages, here and on AWS", 'overhead percentage', '%', [
      {
        name: 'here, CHAIN (mean)',
        figure: meanInterval(chain.map(({ overheadPercent }) => overheadPercent)),
      },
      ...others('chain percent', 'event gap'),
      {
        name: 'here, PARALLEL (mean)',
        figure: meanInterval(parallel.map(({ overheadPercent }) => overheadPercent)),
      },
      ...others('fan-out percent', 'event gap'),
    ]),
    ...fanOut(summary, lab),
  ];
}

interface Bar {
  readonly name: string;
  readonly figure: IntervalResult | number;
  /** Of what others measured. */
  readonly source?: string;
}

function others(quantity: Quantity, definition: 'event gap' | 'handler to handler'): readonly Bar[] {
  return publishedFigures
    .filter((figure) => figure.quantity === quantity && figure.definition === definition)
    .map(({ label, value, statistic, source, where }) => ({
      name: `${label}, ${definition === 'event gap' ? 'events' : 'handlers'}`,
      figure: value,
      source: `${label}: ${source} (${statistic}; ${where})`,
    }));
}

function bars(
  { targetLabel, isEmbedded }: Summary,
  id: string,
  title: string,
  name: string,
  unit: string,
  given: readonly Bar[],
): DrawnChart {
  return barsChart({
    id,
    title,
    measure: { name, unit },
    statistic: '',
    lines: [hereLine(targetLabel, isEmbedded), `others: on AWS, read on ${publishedReadOn}`],
    remark: `Compare bars of the same definition only: events is TaskSucceeded to the next TaskStateEntered, handlers is the end of one handler to the begin of the next. Event timestamps have whole milliseconds, of which only a mean tells fractions. ${given.flatMap(({ source }) => source ?? []).join('; ')}.`,
    bars: given.map(({ name: label, figure }) => ({ label, figure })),
  });
}

export function hereLine(targetLabel: string, isEmbedded: boolean): string {
  return isEmbedded
    ? `here: ${targetLabel}, this machine's processor and no network: not AWS`
    : `here: ${targetLabel}`;
}

function fanOut(
  { sweeps, targetLabel, isEmbedded }: Summary,
  { parallel }: LabSummary,
): readonly DrawnChart[] {
  const standard = ofType(sweeps.width, 'STANDARD');
  const measured = (figure: 'eventMs' | 'handlerMs') =>
    standard.map((point) => {
      const values = valuesAt(point, figure);
      return { x: point.x, figure: medianInterval(values), values };
    });
  if (standard.length === 0 && parallel.executions.length === 0) return [];
  const events = measured('eventMs');
  // The axis is logarithmic, so that hundredths of the others' seconds can be seen; it has no place for 0 ms.
  const isShown = events.every(({ values }) => values.every((value) => value > 0));
  const once = (x: number, value: number) => ({ x, figure: medianInterval([value]), values: [] });
  const course = publishedFigures.filter(({ quantity }) => quantity === 'fan-out');
  return [
    sweepChart({
      id: 'published-fan-out',
      title: 'Fan-out against width, here and on AWS',
      lines: [hereLine(targetLabel, isEmbedded), `others: on AWS, read on ${publishedReadOn}`],
      x: { name: 'branches', unit: '', scale: 'log2' },
      y: { name: 'fan-out', unit: 'ms' },
      statistic: '',
      remark: `Each line has a definition of its own, and of those of others a median alone is known; compare the shape, not the height: with 20 branches both published series take a second, with 16 or 18 some ten or hundred milliseconds.${isShown ? '' : ' Our fan-out by events is below a millisecond at some widths and left out here.'} ${publishedSeries.map(({ label, definition, source }) => `${label}: ${definition}; ${source}.`).join(' ')}`,
      series: [
        ...(isShown ? [{ arm: 'here, events (Standard)', steps: events }] : []),
        { arm: 'here, handlers (Standard)', steps: measured('handlerMs') },
        {
          arm: 'course, events (AWS)',
          steps: course.map(({ width = 1, value }) => once(width, value)),
        },
        ...publishedSeries.map(({ label, points }) => ({
          arm: label,
          steps: points.map(({ width, value }) => once(width, value)),
        })),
      ],
    }),
  ];
}
