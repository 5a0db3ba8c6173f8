import type { IrisModel } from './iris-model.ts';

export type Standardisation = Pick<IrisModel, 'means' | 'deviations'>;

/** Mean and standard deviation (of the population) of each feature. */
export function fitStandardisation(rows: readonly (readonly number[])[]): Standardisation {
  const columns = (rows[0] ?? []).map((_first, index) => rows.map((row) => row[index] ?? Number.NaN));
  const means = columns.map(meanOf);
  const deviations = columns.map((column, index) => {
    const mean = means[index] ?? Number.NaN;
    return Math.sqrt(meanOf(column.map((value) => (value - mean) ** 2)));
  });
  return { means, deviations };
}

/**
 * Rows of inputs, flat: each feature in deviations from its mean, and a 1 at the end of a row. Features of different spread then
 * learn at the same pace, and L2 treats them alike.
 */
export function inputsOf(
  rows: readonly (readonly number[])[],
  { means, deviations }: Standardisation,
): Float64Array {
  const columnCount = means.length + 1;
  const inputs = new Float64Array(rows.length * columnCount).fill(1);
  for (const [row, features] of rows.entries()) {
    for (const [column, mean] of means.entries())
      inputs[row * columnCount + column] =
        ((features[column] ?? Number.NaN) - mean) / (deviations[column] ?? Number.NaN);
  }
  return inputs;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
