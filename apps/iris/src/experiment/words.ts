import { formatNumber } from '@skyground/charts';
import type { IntervalResult, RatioResult } from '@skyground/statistics';

export const nothing = '–';

export function ms(value: number | null): string {
  return value === null ? nothing : formatNumber(value);
}

/** `12.3 (11.9 to 13.0)`. */
export function intervalWords(result: IntervalResult): string {
  if (result.estimate === null) return nothing;
  return result.kind === 'interval'
    ? `${ms(result.estimate)} (${ms(result.low)} to ${ms(result.high)})`
    : `${ms(result.estimate)} (too few)`;
}

/** `2.31x (2.10 to 2.60)`; without an interval it says why. */
export function ratioWords(result: RatioResult): string {
  if (result.kind === 'not positive' || (result.kind === 'too few' && result.ratio === null)) return nothing;
  if (result.kind === 'too few') return `${factor(result.ratio ?? 0)}x (too few for an interval)`;
  return `${factor(result.ratio)}x (${factor(result.low)} to ${factor(result.high)})`;
}

export function factor(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

/** What a ratio of times saves, `-20 %` (-25 to -14 %)`; positive is longer. */
export function changeWords(result: RatioResult): string {
  if (result.kind !== 'ratio') return ratioWords(result);
  const percent = (ratio: number) => `${ratio >= 1 ? '+' : '−'}${Math.abs(100 * (ratio - 1)).toFixed(0)}`;
  return `${percent(result.ratio)} % (${percent(result.low)} to ${percent(result.high)})`;
}

/** `0.25 (0.24 to 0.26)`; without an interval where nothing measured is in it. */
export function usdWords(result: IntervalResult | null): string {
  if (result === null || result.estimate === null) return 'no price';
  const estimate = usd(result.estimate);
  if (result.kind !== 'interval') return `${estimate} (too few)`;
  return result.low === result.high ? estimate : `${estimate} (${usd(result.low)} to ${usd(result.high)})`;
}

export function usd(amount: number): string {
  return amount === 0 ? '0' : amount.toFixed(amount < 0.1 ? 4 : 2);
}

export function kilobytes(bytes: number): string {
  return `${formatNumber(bytes / 1000)} kB`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
