import { type ConfidenceOptions, checkConfidence, fewestForInterval } from './confidence.ts';
import type { Coefficient } from './knee.ts';
import { mean } from './moments.ts';
import { sampleOf } from './sample.ts';
import { studentQuantile } from './student.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type LineResult =
  | {
      readonly kind: 'line';
      /** Of y by one of x. Its interval takes the scatter for equal at every x: with more scatter at the far end it is too narrow. */
      readonly slope: Coefficient;
      /** y where x is 0. */
      readonly intercept: Coefficient;
      /** Share of y's variation that the line explains; 0 where y does not vary. */
      readonly r2: number;
      readonly n: number;
    }
  | { readonly kind: 'too few'; readonly needed: number; readonly n: number }
  /** Every x is the same: no slope can be told. */
  | { readonly kind: 'one x'; readonly n: number };

/** The straight line of least squares through points, with intervals of Student's t. The same x may come repeatedly. */
export function fitLine(points: Iterable<Point>, options: ConfidenceOptions = {}): LineResult {
  const confidence = checkConfidence(options);
  const data = [...points];
  const n = data.length;
  const xs = sampleOf(data.map(({ x }) => x));
  const ys = sampleOf(data.map(({ y }) => y));
  if (xs === undefined || ys === undefined || n < fewestForInterval)
    return { kind: 'too few', needed: fewestForInterval, n };
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const sumOf = (term: (point: Point) => number) => data.reduce((total, point) => total + term(point), 0);
  const spreadX = sumOf(({ x }) => (x - meanX) ** 2);
  if (!(spreadX > 0)) return { kind: 'one x', n };
  const slope = sumOf(({ x, y }) => (x - meanX) * (y - meanY)) / spreadX;
  const intercept = meanY - slope * meanX;
  const unexplained = sumOf(({ x, y }) => (y - intercept - slope * x) ** 2);
  const variation = sumOf(({ y }) => (y - meanY) ** 2);
  const scatter = Math.sqrt(unexplained / (n - 2));
  const quantile = studentQuantile((1 + confidence) / 2, n - 2);
  const around = (estimate: number, error: number): Coefficient => ({
    estimate,
    low: estimate - quantile * error,
    high: estimate + quantile * error,
  });
  return {
    kind: 'line',
    slope: around(slope, scatter / Math.sqrt(spreadX)),
    intercept: around(intercept, scatter * Math.sqrt(1 / n + meanX ** 2 / spreadX)),
    r2: variation > 0 ? Math.max(0, 1 - unexplained / variation) : 0,
    n,
  };
}
