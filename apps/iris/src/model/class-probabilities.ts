import { softmaxInPlace } from './softmax.ts';

/**
 * Writes the probability of each class into `into`, whose length is the number of classes.
 *
 * @param weights a row for each class, a column for each input; flat, row by row.
 * @param inputs rows of inputs, flat; the last of a row is 1, so that its weight is the bias.
 * @param row which row of the inputs, from 0.
 */
export function classProbabilities(
  weights: Float64Array,
  inputs: Float64Array,
  row: number,
  into: Float64Array,
): void {
  const columnCount = weights.length / into.length;
  for (let index = 0; index < into.length; index += 1) {
    let score = 0;
    for (let column = 0; column < columnCount; column += 1) {
      const weight = weights[index * columnCount + column] ?? Number.NaN;
      score += weight * (inputs[row * columnCount + column] ?? Number.NaN);
    }
    into[index] = score;
  }
  softmaxInPlace(into);
}
