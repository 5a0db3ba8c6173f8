import { formatNumber } from '@skyground/charts';
import type { IntervalResult, RatioResult } from '@skyground/statistics';
import type { WorkflowType } from './parameters.ts';

/** Stands where there is nothing to say. */
export const nothing = '–';

/** `16:42:47.330`, UTC: as the lab writes timestamps. */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 23);
}

/** `23 ms`, `4.95 ms`: what was not measured to less has no digits added. */
export function ms(value: number): string {
  return `${Number.isInteger(value) ? value.toLocaleString('en-US') : formatNumber(value)} ms`;
}

export function percent(value: number): string {
  return `${value.toFixed(value !== 0 && Math.abs(value) < 0.1 ? 2 : 1)} %`;
}

/** `4.95 (4.60 to 5.30)`, or with too few values the median alone and what is needed. */
export function withInterval(result: IntervalResult): string {
  if (result.estimate === null) return nothing;
  return result.kind === 'interval'
    ? `${formatNumber(result.estimate)} (${formatNumber(result.low)} to ${formatNumber(result.high)})`
    : `${formatNumber(result.estimate)} (too few for an interval: ${result.n} of ${result.needed})`;
}

/** `1.20x (1.10 to 1.30)`. */
export function ratioText(result: RatioResult): string {
  if (result.kind === 'not positive') return 'a gap of 0 ms: no ratio';
  if (result.ratio === null) return nothing;
  return result.kind === 'ratio'
    ? `${result.ratio.toFixed(2)}x (${result.low.toFixed(2)} to ${result.high.toFixed(2)})`
    : `${result.ratio.toFixed(2)}x (too few for an interval)`;
}

export function typeName(type: WorkflowType): string {
  return type === 'STANDARD' ? 'Standard' : 'Express';
}

/** `65,536`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
