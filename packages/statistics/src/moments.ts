import { fsum } from 'd3-array';
import type { Sample } from './sample.ts';

export function mean(values: Sample): number {
  return fsum(values) / values.length;
}

/** Sample standard deviation (divides by n - 1), in the unit of the values. null for one value: it has no spread. */
export function standardDeviation(values: Sample): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  return Math.sqrt(fsum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}

/** Standard deviation over mean, a plain number (0.1 is 10 %). null where n is 1 or the mean is not positive. */
export function coefficientOfVariation(values: Sample): number | null {
  const deviation = standardDeviation(values);
  const centre = mean(values);
  if (deviation === null || centre <= 0) return null;
  const ratio = deviation / centre;
  // Values that cancel to a mean next to nothing: the ratio would be infinite.
  return Number.isFinite(ratio) ? ratio : null;
}
