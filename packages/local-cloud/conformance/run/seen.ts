import type { Observation } from '../compare/compare-case.ts';
import type { LoggedEvent } from './observe-log.ts';

export const POLL_INTERVAL_MS = 20;

/** What a client saw of one execution. `logged` is the last event of an Express log. */
export interface Seen extends Observation {
  readonly logged: LoggedEvent | undefined;
}
