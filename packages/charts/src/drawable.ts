/** Squares and ratios of these stay within what a double holds, and so does whatever Vega makes of them. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

export const isDrawable = (value: number): boolean => Math.abs(value) <= LARGEST;

/** The values that a picture can show: finite, of a size that means something. What is nearer to zero counts as zero. */
export const drawable = (values: readonly number[]): readonly number[] =>
  values.filter(isDrawable).map((value) => (Math.abs(value) < SMALLEST ? 0 : value));
