/** Squares and ratios of values between these stay within what a double holds, and so does whatever Vega makes of them. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

/** Whether a picture can show the value: finite, and of a size that means something. */
export const isDrawable = (value: number): boolean =>
  value === 0 || (Math.abs(value) >= SMALLEST && Math.abs(value) <= LARGEST);

/** The values that a picture can show. What is too near to zero to be told from it counts as zero. */
export const drawable = (values: readonly number[]): readonly number[] =>
  values.map((value) => (Math.abs(value) < SMALLEST ? 0 : value)).filter(isDrawable);
