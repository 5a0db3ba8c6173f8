import { classProbabilities } from './class-probabilities.ts';

/** What is learned from. */
export interface Examples {
  /** Rows of inputs, flat; the last of a row is 1. */
  readonly inputs: Float64Array;
  /** Index of the class of each row. */
  readonly labels: readonly number[];
  readonly classCount: number;
}

/** What training makes small: the mean cross-entropy, and half of L2 times the squares of the weights. Biases are free. */
export function lossOf({ inputs, labels, classCount }: Examples, weights: Float64Array, l2: number): number {
  const probabilities = new Float64Array(classCount);
  let crossEntropy = 0;
  for (const [row, label] of labels.entries()) {
    classProbabilities(weights, inputs, row, probabilities);
    crossEntropy -= Math.log(probabilities[label] ?? Number.NaN);
  }
  const columnCount = weights.length / classCount;
  const squares = weights.map((weight, place) => (isBias(place, columnCount) ? 0 : weight ** 2));
  return crossEntropy / labels.length + (l2 / 2) * squares.reduce((sum, square) => sum + square, 0);
}

/** Writes the derivative of `lossOf` by every weight into `into`. */
export function gradientOf(
  { inputs, labels, classCount }: Examples,
  weights: Float64Array,
  l2: number,
  into: Float64Array,
): void {
  const columnCount = weights.length / classCount;
  for (let place = 0; place < weights.length; place += 1)
    into[place] = isBias(place, columnCount) ? 0 : l2 * (weights[place] ?? Number.NaN);
  const probabilities = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row += 1) {
    classProbabilities(weights, inputs, row, probabilities);
    for (let index = 0; index < classCount; index += 1) {
      const target = labels[row] === index ? 1 : 0;
      const error = ((probabilities[index] ?? Number.NaN) - target) / labels.length;
      for (let column = 0; column < columnCount; column += 1) {
        const place = index * columnCount + column;
        const input = inputs[row * columnCount + column] ?? Number.NaN;
        into[place] = (into[place] ?? Number.NaN) + error * input;
      }
    }
  }
}

function isBias(place: number, columnCount: number): boolean {
  return place % columnCount === columnCount - 1;
}
