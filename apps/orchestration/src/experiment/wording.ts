import { formatNumber } from '@skyground/charts';
import type { IntervalResult } from '@skyground/statistics';
import type { Crossing } from './crossing.ts';
import { ms, percent } from './format.ts';
import { medianInterval, medianOf } from './spread.ts';

/** `4.95 ms (95 % interval 4.60 to 5.30 ms)`; of event gaps that are 0 ms, that they are below a millisecond. */
export function medianWords(values: readonly number[], unit: 'ms' | '%' = 'ms'): string {
  return intervalWords(medianInterval(values), unit);
}

function intervalWords(result: IntervalResult, unit: 'ms' | '%'): string {
  const { estimate } = result;
  if (estimate === null) return 'not known';
  const text = unit === 'ms' ? (estimate === 0 ? 'less than 1 ms' : ms(estimate)) : percent(estimate);
  return result.kind === 'interval'
    ? `${text} (95 % interval ${formatNumber(result.low)} to ${formatNumber(result.high)} ${unit})`
    : `${text} (too few for an interval)`;
}

/** The plain median for the middle of a sentence. */
export function medianMs(values: readonly number[]): string {
  const median = medianOf(values);
  return median === null ? 'not known' : median === 0 ? 'less than 1 ms' : ms(median);
}

export function medianPercent(values: readonly number[]): string {
  const median = medianOf(values);
  return median === null ? 'not known' : percent(median);
}

/** Where the overhead falls below a share: `below 10 % from a task duration of 23 ms on`. */
export function crossingWords(limit: number, crossing: Crossing): string {
  switch (crossing.kind) {
    case 'always below':
      return `below ${limit} % at every task duration measured, ${crossing.shortestMs} ms among them`;
    case 'from':
      return `below ${limit} % from a task duration of about ${formatNumber(crossing.workMs)} ms on (between the measured ${formatNumber(crossing.between[0])} and ${formatNumber(crossing.between[1])} ms)`;
    case 'not reached':
      return `not below ${limit} % at any task duration up to ${formatNumber(crossing.longestMs)} ms`;
    case 'not measured':
      return `not measured against ${limit} %`;
  }
}
