import { gradientOf } from './gradient.ts';
import type { IrisModel } from './iris-model.ts';
import { fitStandardisation, inputsOf } from './standardise.ts';

export interface TrainingOptions {
  readonly l2: number;
  readonly iterations: number;
  readonly stepSize: number;
}

/** The loss of four standardised features curves by 1.5 at most, so a step of 0.5 cannot diverge. */
export const TRAINING = { l2: 1e-3, iterations: 2_000, stepSize: 0.5 } as const satisfies TrainingOptions;

/** What the files of a model hold. Rounding also takes away what two machines may compute differently in the last bits. */
const MODEL_DECIMALS = 6;

/** Measurements as they are in the table, and the index of the class. */
export interface LabelledRow {
  readonly features: readonly number[];
  readonly label: number;
}

/**
 * Multinomial logistic regression by gradient descent over all rows, from zero: no randomness, so the same rows give the same model.
 */
export function trainModel(
  rows: readonly LabelledRow[],
  classCount: number,
  { l2, iterations, stepSize }: TrainingOptions,
): IrisModel {
  const measurements = rows.map(({ features }) => features);
  const { means, deviations } = fitStandardisation(measurements);
  const examples = {
    inputs: inputsOf(measurements, { means, deviations }),
    labels: rows.map(({ label }) => label),
    classCount,
  };
  const columnCount = means.length + 1;
  const weights = new Float64Array(classCount * columnCount);
  const gradient = new Float64Array(weights.length);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    gradientOf(examples, weights, l2, gradient);
    for (let place = 0; place < weights.length; place += 1)
      weights[place] = (weights[place] ?? Number.NaN) - stepSize * (gradient[place] ?? Number.NaN);
  }
  const rowOf = (index: number) => [...weights.subarray(index * columnCount, (index + 1) * columnCount)];
  const rowsOfWeights = Array.from({ length: classCount }, (_none, index) => rounded(rowOf(index)));
  return {
    means: rounded(means),
    deviations: rounded(deviations),
    weights: rowsOfWeights.map((row) => row.slice(0, -1)),
    biases: rowsOfWeights.map((row) => row.at(-1) ?? Number.NaN),
  };
}

function rounded(values: readonly number[]): readonly number[] {
  return values.map((value) => Number(value.toFixed(MODEL_DECIMALS)));
}
