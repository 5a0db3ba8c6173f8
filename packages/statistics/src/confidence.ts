import { StatisticsError } from './errors.ts';

export interface ConfidenceOptions {
  /** Share of such intervals that would hold the true value, 0.5 up to (but not) 1. */
  readonly confidence?: number;
}

/** The fewest values that get an interval, as in Go's benchstat; with fewer nothing is known about their spread. */
export const fewestForInterval = 6;

/** The fewest values on each side that get a test: with 3 and 3 no difference, however large, has p < 0.05. */
export const fewestForTest = 4;

export function checkConfidence({ confidence = 0.95 }: ConfidenceOptions): number {
  if (!(confidence >= 0.5 && confidence < 1)) {
    throw new StatisticsError(`confidence is a fraction from 0.5 up to 1, got ${confidence}. 0.95 is usual.`);
  }
  return confidence;
}
