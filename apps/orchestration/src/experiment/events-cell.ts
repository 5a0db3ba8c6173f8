import { z } from 'zod';
import type { TimedEvent } from '../history/timed-event.ts';

const probeSchema = z.strictObject({
  stepName: z.string(),
  invokedAtMs: z.number(),
  finishedAtMs: z.number(),
  coldStart: z.boolean(),
  requestId: z.string(),
});

/** As TimedEvent; what an event has not is left out, since a wide Parallel has hundreds of them. */
const eventSchema = z.strictObject({
  id: z.int(),
  previousId: z.int(),
  type: z.string(),
  stateName: z.string().optional(),
  atMs: z.number(),
  probe: probeSchema.optional(),
});

/** A history as one line of JSON: everything that is said of an execution can be worked out from its row again. */
export function eventsCell(events: readonly TimedEvent[]): string {
  return JSON.stringify(
    events.map(({ stateName, probe, ...event }) => ({
      ...event,
      ...(stateName === null ? {} : { stateName }),
      ...(probe === null ? {} : { probe }),
    })),
  );
}

/** Throws for a cell that `eventsCell` has not written. */
export function eventsOf(cell: string): readonly TimedEvent[] {
  return z
    .array(eventSchema)
    .parse(JSON.parse(cell))
    .map(({ stateName = null, probe = null, ...event }) => ({ ...event, stateName, probe }));
}
