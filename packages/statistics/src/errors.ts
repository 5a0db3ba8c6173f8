/** A call that statistics cannot answer because of what it was given; the message says what was expected and what came. */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';
}
