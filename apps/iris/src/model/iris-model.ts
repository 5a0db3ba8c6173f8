/** A trained classifier, as it is written down: features are standardised, then scored for each class. */
export interface IrisModel {
  /** Of each feature, in the table's unit. */
  readonly means: readonly number[];
  /** Standard deviation of each feature. */
  readonly deviations: readonly number[];
  /** A row for each class, a column for each standardised feature. */
  readonly weights: readonly (readonly number[])[];
  /** One for each class. */
  readonly biases: readonly number[];
}
