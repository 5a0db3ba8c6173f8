import { type ConfidenceOptions, checkConfidence, fewestForInterval } from './confidence.ts';
import { dominance } from './dominance.ts';
import { normalQuantile } from './normal.ts';
import { type TwoSamples, twoSamples } from './two-samples.ts';

/** Romano and others (2006): up to 0.147, 0.33 and 0.474, and above. */
export type EffectSize = 'negligible' | 'small' | 'medium' | 'large';

export type CliffsDeltaResult =
  | {
      readonly kind: 'delta';
      /** P(a > b) - P(a < b), from -1 (every b is greater) to 1 (every a is). */
      readonly delta: number;
      readonly size: EffectSize;
      readonly low: number;
      readonly high: number;
      readonly n: readonly [number, number];
      readonly confidence: number;
    }
  /** The difference stands, an interval would be made up; null where a side has no values. */
  | {
      readonly kind: 'too few';
      readonly needed: number;
      readonly n: readonly [number, number];
      readonly delta: number | null;
    };

/** How large a difference is, whatever the unit: with many values even a negligible one has a tiny p-value. O(n log n). */
export function cliffsDelta(
  a: Iterable<number>,
  b: Iterable<number>,
  options: ConfidenceOptions = {},
): CliffsDeltaResult {
  const confidence = checkConfidence(options);
  const samples = twoSamples(a, b);
  const { n } = samples;
  if (Math.min(...n) === 0) return { kind: 'too few', needed: fewestForInterval, n, delta: null };
  const rows = dominance(samples.a, samples.b);
  const delta = rows.excess / (n[0] * n[1]);
  if (Math.min(...n) < fewestForInterval) return { kind: 'too few', needed: fewestForInterval, n, delta };
  const z = normalQuantile((1 + confidence) / 2);
  const { low, high } =
    Math.abs(delta) === 1
      ? separatedBounds(delta, n, z)
      : asymmetricBounds(delta, deltaVariance(delta, samples), z);
  return { kind: 'delta', delta, size: sizeOf(delta), low, high, n, confidence };
}

function sizeOf(delta: number): EffectSize {
  const magnitude = Math.abs(delta);
  if (magnitude < 0.147) return 'negligible';
  if (magnitude < 0.33) return 'small';
  return magnitude < 0.474 ? 'medium' : 'large';
}

/** Cliff's consistent estimate, and never less than what his lower limit for it allows (Feng and Cliff, 2004). */
function deltaVariance(delta: number, { a, b, n }: TwoSamples): number {
  const ofA = dominance(a, b);
  const ofB = dominance(b, a);
  const pairs = n[0] * n[1];
  const squares = (rows: Float64Array, width: number, centre: number) =>
    rows.reduce((sum, row) => sum + (row / width - centre) ** 2, 0);
  const cells = pairs - ofA.ties - pairs * delta ** 2;
  const variance =
    (n[1] ** 2 * squares(ofA.rows, n[1], delta) + n[0] ** 2 * squares(ofB.rows, n[0], -delta) - cells) /
    (pairs * (n[0] - 1) * (n[1] - 1));
  return Math.max(variance, (1 - delta ** 2) / (pairs - 1));
}

/** Not symmetric about delta: it cannot pass -1 or 1, and is less sure towards 0 (Feng and Cliff, 2004). */
function asymmetricBounds(
  delta: number,
  variance: number,
  z: number,
): { readonly low: number; readonly high: number } {
  const slack = z ** 2 * variance;
  const reach = z * Math.sqrt(variance * ((1 - delta ** 2) ** 2 + slack));
  const scale = 1 - delta ** 2 + slack;
  return {
    low: Math.max(-1, (delta - delta ** 3 - reach) / scale),
    high: Math.min(1, (delta - delta ** 3 + reach) / scale),
  };
}

/** No overlap at all, and so no variance to estimate: what the smaller side's number of values allows (Wilcox, 2012). */
function separatedBounds(
  delta: number,
  n: readonly [number, number],
  z: number,
): { readonly low: number; readonly high: number } {
  const fewest = Math.min(...n);
  const nearest = (fewest - z ** 2) / (fewest + z ** 2);
  return delta > 0 ? { low: nearest, high: 1 } : { low: -1, high: -nearest };
}
