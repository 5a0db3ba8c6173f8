import type { IntervalResult } from '@skyground/statistics';
import type { Mode } from '../modes.ts';
import { medianInterval } from './spread.ts';
import type { Terms } from './terms.ts';

/** max(T) + C_cold + T_agg: the Publisher begins when all are there. */
export function classicModelMs({ branchMs, startMs, workMs }: Terms): number {
  return Math.max(...Object.values(branchMs)) + startMs + workMs;
}

/** max(max T, min T + C_cold + T_agg): it begins with the first, and cannot end before the last. */
export function futureModelMs({ branchMs, startMs, workMs }: Terms): number {
  const all = Object.values(branchMs);
  return Math.max(Math.max(...all), Math.min(...all) + startMs + workMs);
}

/** Who starts the Publisher early, and so cannot be slower than the slowest branch by the model. */
export function modelMs(mode: Mode, terms: Terms): number {
  return mode === 'FUTURE_BASED' ? futureModelMs(terms) : classicModelMs(terms);
}

/** Two runs of one unit: what is gained by the second, measured and at most. */
export interface PairGain {
  readonly unit: string;
  /** End to end of the first. */
  readonly baseMs: number;
  readonly gainMs: number;
  /** The model of the first from its own terms, minus that of the second from its own; null where a term is not known. */
  readonly boundMs: number | null;
}

export interface GainAgainstBound {
  readonly n: number;
  /** Medians over pairs. */
  readonly gainMs: IntervalResult;
  readonly gainPercent: IntervalResult;
  readonly boundMs: number | null;
  readonly boundPercent: number | null;
  /** Whether the lower confidence limit of the gain is at most the bound; null where one of both is not known. */
  readonly agrees: boolean | null;
}

export function gainAgainstBound(pairs: readonly PairGain[]): GainAgainstBound {
  const gainMs = medianInterval(pairs.map((pair) => pair.gainMs));
  const known = pairs.flatMap(({ boundMs, baseMs }) => (boundMs === null ? [] : [{ boundMs, baseMs }]));
  // A bound from other pairs than the gain would be that of something else.
  const isComplete = known.length === pairs.length;
  const boundMs = isComplete ? medianInterval(known.map((one) => one.boundMs)).estimate : null;
  return {
    n: pairs.length,
    gainMs,
    gainPercent: medianInterval(pairs.map((pair) => (100 * pair.gainMs) / pair.baseMs)),
    boundMs,
    boundPercent: isComplete
      ? medianInterval(known.map((one) => (100 * one.boundMs) / one.baseMs)).estimate
      : null,
    agrees: gainMs.kind === 'interval' && boundMs !== null ? gainMs.low <= boundMs : null,
  };
}
