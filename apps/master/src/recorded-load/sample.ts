import type { Observation } from '@skyground/experiment';
import { z } from 'zod';

/** A request (JMeter), or a second of an endpoint, of which Locust tells the mean only. */
export const sampleSchema = z.strictObject({
  endpoint: z.string(),
  unit: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  /** Of the request, or the mean of those that ended in this second; null where it, or one of them, failed. */
  durationMs: z.number().nullable(),
  requests: z.int().positive(),
  failures: z.int().nonnegative(),
  /** Of a single request. */
  error: z.string().nullable(),
});

export type Sample = Readonly<z.output<typeof sampleSchema>>;

export function observe({ endpoint, unit, startedAtMs, endedAtMs, durationMs }: Sample): Observation {
  return {
    arm: endpoint,
    unit,
    // Neither tool says when a request was due.
    dueAtMs: null,
    startedAtMs,
    endedAtMs,
    durationMs,
    outcome: durationMs === null ? 'failed' : 'succeeded',
    start: 'not applicable',
    didWork: true,
    variant: null,
    isCompared: true,
    payload: null,
  };
}
