/** A price table or a plan that cannot be priced; the message says what was expected and what came. */
export class CostError extends Error {
  override readonly name = 'CostError';
}
