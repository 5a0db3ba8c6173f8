// zod/mini, because the probe is bundled with it: what an environment loads is part of its cold start.
import * as z from 'zod/mini';

/** So that no task outlasts the function's timeout. */
export const MAX_WORK_MS = 10_000;

/** What a task of the workflows sends to the probe. */
export const probeEventSchema = z.strictObject({
  step_name: z._default(z.string(), 'Unknown'),
  /** When the step before was invoked; seconds since 1970. */
  last_step_time: z.optional(z.nullable(z.number())),
  /** How long the probe waits, without using its CPU. */
  work_ms: z._default(z.int().check(z.gte(0), z.lte(MAX_WORK_MS)), 0),
  /** Travels along. */
  payload: z.optional(z.string()),
});

/** What the probe answers. Times are seconds since 1970 with fractions, by the clock of its environment. */
export const probeAnswerSchema = z.strictObject({
  step_name: z.string(),
  /** When this step was invoked: to the next step it is the last one's. */
  last_step_time: z.number(),
  finished_time: z.number(),
  /** The first invocation of its environment. */
  cold_start: z.boolean(),
  request_id: z.string(),
  work_ms: z.number(),
  payload: z.optional(z.string()),
});

export type ProbeAnswer = z.output<typeof probeAnswerSchema>;
