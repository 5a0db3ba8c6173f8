/** One input of a fan-in, as the decentralised runtime hands it over: there, or still to come. */
export interface FutureInput {
  readonly isResolved: boolean;
  value(): Promise<unknown>;
}

/** An input as a future: Step Functions hands over the values themselves. */
export function futureOf(input: unknown): FutureInput {
  return isFuture(input) ? input : { isResolved: true, value: async () => input };
}

function isFuture(input: unknown): input is FutureInput {
  return (
    typeof input === 'object' &&
    input !== null &&
    'isResolved' in input &&
    typeof input.isResolved === 'boolean' &&
    'value' in input &&
    typeof input.value === 'function'
  );
}
