import { createPredictor } from './predict.ts';
import { type LabelledRow, type TrainingOptions, trainModel } from './train.ts';

/** How many rows are classified rightly by a model that was trained on all the others, standardisation included. */
export function leaveOneOutCorrect(
  rows: readonly LabelledRow[],
  classCount: number,
  options: TrainingOptions,
): number {
  const correct = rows.filter(({ features, label }, index) => {
    const model = trainModel(rows.toSpliced(index, 1), classCount, options);
    return createPredictor(model)([features])[0]?.label === label;
  });
  return correct.length;
}
