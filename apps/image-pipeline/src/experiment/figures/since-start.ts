import { functionRunsOf } from '../function-runs.ts';
import type { Sample } from '../sample.ts';

/** When something was published, complete or not: ms since the client began to ask. */
export function firstPublishMs({ firstPublishAtMs, startedAtMs }: Sample): number | null {
  return firstPublishAtMs === null ? null : firstPublishAtMs - startedAtMs;
}

/** When the Publisher began: ms since the client began to ask. */
export function publisherStartMs(sample: Sample): number | null {
  const publisher = functionRunsOf(sample).find(({ name }) => name === 'publisher');
  return publisher === undefined ? null : publisher.userStartedAtMs - sample.startedAtMs;
}
