import type { TimedEvent } from '../history/timed-event.ts';
import { incomplete, type Result } from './result.ts';

/** The event of a type, where there is exactly one. */
export function onlyOne(events: readonly TimedEvent[], type: string): Result<TimedEvent> {
  const found = events.filter((event) => event.type === type);
  const [event] = found;
  return event === undefined || found.length > 1
    ? incomplete(`expected one ${type}, found ${found.length}`)
    : { kind: 'complete', figures: event };
}
