import { type ConfidenceOptions, checkConfidence } from './confidence.ts';
import { StatisticsError } from './errors.ts';
import { normalQuantile } from './normal.ts';

export interface ProportionResult {
  readonly method: 'Wilson score';
  /** Fractions from 0 to 1. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly confidence: number;
}

/**
 * Interval of a share from how often something happened in n independent trials, by Wilson's score: it stays within 0 and 1 and
 * holds near both, where the estimate plus or minus its error does not.
 */
export function proportionInterval(
  count: number,
  n: number,
  options: ConfidenceOptions = {},
): ProportionResult {
  const confidence = checkConfidence(options);
  if (!(Number.isInteger(count) && Number.isInteger(n) && count >= 0 && n >= 1 && count <= n)) {
    throw new StatisticsError(
      `a share is of whole numbers, 0 to n of at least 1, got ${count} of ${n}. Count again.`,
    );
  }
  const z = normalQuantile((1 + confidence) / 2);
  const estimate = count / n;
  const centre = (estimate + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((estimate * (1 - estimate)) / n + z ** 2 / (4 * n ** 2));
  return {
    method: 'Wilson score',
    estimate,
    // At both ends a bound is exact, and rounding must not move it off.
    low: count === 0 ? 0 : centre - reach,
    high: count === n ? 1 : centre + reach,
    n,
    confidence,
  };
}
