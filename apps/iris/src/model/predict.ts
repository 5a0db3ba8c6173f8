import { classProbabilities } from './class-probabilities.ts';
import type { IrisModel } from './iris-model.ts';
import { inputsOf } from './standardise.ts';

export interface Prediction {
  /** Index of the most probable class; of equals the first. */
  readonly label: number;
  /** One for each class; their sum is 1. */
  readonly probabilities: readonly number[];
}

/** Classifies rows of measurements, as they are in the table. */
export type Predictor = (rows: readonly (readonly number[])[]) => readonly Prediction[];

export function createPredictor(model: IrisModel): Predictor {
  const weights = Float64Array.from(
    model.weights.flatMap((row, index) => [...row, model.biases[index] ?? Number.NaN]),
  );
  return (rows) => {
    const inputs = inputsOf(rows, model);
    const probabilities = new Float64Array(model.biases.length);
    return rows.map((_row, index) => {
      classProbabilities(weights, inputs, index, probabilities);
      return {
        label: probabilities.indexOf(Math.max(...probabilities)),
        probabilities: [...probabilities],
      };
    });
  };
}
