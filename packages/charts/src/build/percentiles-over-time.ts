import type { DrawnChart } from '../drawn-chart.ts';
import { formatChosen, formatCount, formatNumber, formatQuantity, formatSeconds, plural } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { notDrawableNote } from './arm-values.ts';
import { COLD, FAILED } from './arms.ts';
import { percentilesSpec } from './percentiles-spec.ts';
import { type PercentilesOverTimeRequest, type TimeWindows, timeWindowsOf } from './time-windows.ts';

/** Below this the 95th percentile lies between the two largest values. */
const FEWEST_FOR_P95 = 20;

/** Median and 95th percentile from window to window, with cold starts, failures and the users that caused the load. */
export const percentilesOverTimeChart = (request: PercentilesOverTimeRequest): DrawnChart => {
  const { id, title, measure, samples, thing, lines = [], remark = '' } = request;
  const over = timeWindowsOf(request);
  const nothing = `no ${thing} has a time`;
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  const said = over === undefined ? 'no data' : saidOf(over, request);
  const about = [...notDrawableNote(samples.length - (over?.usable.length ?? 0)), ...lines];
  return {
    id,
    title,
    spec: over === undefined ? noDataFramed(title, about, nothing) : percentilesSpec(request, over, about),
    readingSentence:
      over === undefined
        ? noDataSentence(nothing)
        : paragraph(`${capitalise(said)}.`, remark, howToRead(over, thing)),
    altText: `Line chart of median and 95th percentile of the ${measure.name} over time: ${said}.`,
    table: {
      columns: ['from (s)', `${thing}s`, `median${unit}`, `p95${unit}`, COLD, FAILED, 'users at its end'],
      rows: over === undefined ? [] : rowsOf(over),
    },
  };
};

const lowest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
const highest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);

const countsOf = ({ windows }: TimeWindows): readonly number[] =>
  windows.map(({ figures }) => figures?.n ?? 0);

function saidOf(over: TimeWindows, { measure, thing }: PercentilesOverTimeRequest): string {
  const { windows, usable, users, startMs, endMs } = over;
  const figures = windows.flatMap((window) => window.figures ?? []);
  const range = (values: readonly number[], unit: string) => {
    const [least, most] = [lowest(values), highest(values)];
    return `${least === most ? '' : `${formatNumber(least)} to `}${formatQuantity(most, unit)}`;
  };
  const succeeded = usable.filter(({ value }) => value !== null);
  const cold = succeeded.filter(({ start }) => start === 'cold');
  const failed = usable.length - succeeded.length;
  const coldS = cold.map(({ endedAtMs }) => (endedAtMs - startMs) / 1_000);
  return [
    `${plural(usable.length, thing)} within ${formatSeconds((endMs - startMs) / 1_000)}`,
    ...(users.length > 0 ? [`at most ${plural(highest(users.map((one) => one.users)), 'user')}`] : []),
    ...(figures.length > 0
      ? [
          `median of a window ${range(
            figures.map(({ median }) => median),
            measure.unit,
          )}`,
          `p95 ${range(
            figures.map(({ p95 }) => p95),
            measure.unit,
          )}`,
        ]
      : []),
    ...(cold.length > 0 ? [`${plural(cold.length, COLD)} after ${range(coldS, 's')}`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} ${FAILED}`] : []),
  ].join(', ');
}

function howToRead(over: TimeWindows, thing: string): string {
  const counts = countsOf(over);
  const few = counts.filter((count) => count < FEWEST_FOR_P95).length;
  const [least, most] = [lowest(counts), highest(counts)];
  if (most === 0) return '';
  return paragraph(
    `A window of ${formatChosen(over.windowMs / 1_000)} s holds ${least === most ? '' : `${formatCount(least)} to `}${plural(most, thing)} that succeeded, cold ones among them.`,
    few > 0
      ? `${few === counts.length ? 'In all of them' : `In ${formatCount(few)} of ${formatCount(counts.length)}`} there are fewer than ${FEWEST_FOR_P95}: their p95 is close to their largest value.`
      : '',
    over.windows.some(({ cold }) => cold > 0)
      ? 'Cold starts stand where they ended, each at its own value.'
      : '',
  );
}

function rowsOf({ windows, windowMs, startMs, users }: TimeWindows): string[][] {
  return windows.map(({ index, figures, cold, failed }) => {
    const atEnd = users.findLast(({ atMs }) => atMs - startMs < (index + 1) * windowMs);
    return [
      formatChosen((index * windowMs) / 1_000),
      formatCount(figures?.n ?? 0),
      figures === undefined ? '–' : formatNumber(figures.median),
      figures === undefined ? '–' : formatNumber(figures.p95),
      formatCount(cold),
      formatCount(failed),
      atEnd === undefined ? '–' : formatChosen(atEnd.users),
    ];
  });
}
