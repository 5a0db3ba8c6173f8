import { formatNumber } from '@skyground/charts';
import type { IntervalResult } from '@skyground/statistics';

/** Stands where there is nothing to say. */
export const nothing = '–';

export function ms(value: number | null): string {
  return value === null ? nothing : `${figure(value)} ms`;
}

/** Whole numbers have no digits added: most times here are whole milliseconds. */
export function figure(value: number | null): string {
  if (value === null) return nothing;
  return Number.isInteger(value) ? value.toLocaleString('en-US') : formatNumber(value);
}

export function percent(value: number | null): string {
  return value === null ? nothing : `${tenths(value)} %`;
}

/** Never -0.0. */
function tenths(value: number): string {
  return value.toFixed(1).replace(/^-(0\.0)$/, '$1');
}

/** `4.95 (4.60 to 5.30)`, or with too few values the median alone. */
export function withInterval(result: IntervalResult): string {
  return result.kind === 'interval'
    ? `${figure(result.estimate)} (${figure(result.low)} to ${figure(result.high)})`
    : `${figure(result.estimate)}${result.estimate === null ? '' : ` (n = ${result.n}, too few)`}`;
}

/** `3.1 % (95 % interval 2.0 to 4.2 %)`. */
export function percentWords(result: IntervalResult): string {
  if (result.estimate === null) return 'not known';
  return result.kind === 'interval'
    ? `${tenths(result.estimate)} % (95 % interval ${tenths(result.low)} to ${tenths(result.high)} %)`
    : `${tenths(result.estimate)} % (${result.n} pairs are too few for an interval)`;
}
