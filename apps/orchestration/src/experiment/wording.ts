import { formatNumber } from '@skyground/charts';
import { summarise } from '@skyground/statistics';
import type { Crossing } from './crossing.ts';
import { count, ms, percent } from './format.ts';
import { medianInterval } from './spread.ts';

/** `4.95 ms (95 % interval 4.60 to 5.30 ms)`. */
export function medianWords(values: readonly number[]): string {
  const result = medianInterval(values);
  if (result.estimate === null) return 'not known';
  const text = medianMs(values);
  // Of gaps that are 0 ms an interval says no more than that.
  if (result.estimate === 0) return text;
  return result.kind === 'interval'
    ? `${text} (95 % interval ${formatNumber(result.low)} to ${formatNumber(result.high)} ms)`
    : `${text} (too few for an interval)`;
}

/** The plain median; of event gaps that are 0 ms, that they are below a millisecond, with their mean. */
export function medianMs(values: readonly number[]): string {
  const figures = summarise(values);
  if (figures.kind === 'empty') return 'not known';
  return figures.median === 0 ? `less than 1 ms (mean ${ms(figures.mean)})` : ms(figures.median);
}

export function medianPercent(values: readonly number[]): string {
  const figures = summarise(values);
  if (figures.kind === 'empty') return 'not known';
  return figures.median === 0 ? `0 % (mean ${percent(figures.mean)})` : percent(figures.median);
}

/** Where the overhead falls below a share: `below 10 % from a task duration of 23 ms on`. */
export function crossingWords(limit: number, crossing: Crossing): string {
  switch (crossing.kind) {
    case 'always below':
      return `below ${limit} % at every task duration measured, from ${count(crossing.shortestMs)} ms on`;
    case 'from': {
      const [above, below] = crossing.between.map(count);
      return crossing.workMs === null
        ? `below ${limit} % from a task duration between the measured ${above} and ${below} ms on`
        : `below ${limit} % from a task duration of about ${formatNumber(crossing.workMs)} ms on (between the measured ${above} and ${below} ms)`;
    }
    case 'not reached':
      return `not below ${limit} % at any task duration up to ${count(crossing.longestMs)} ms`;
    case 'not measured':
      return `not measured against ${limit} %`;
  }
}
