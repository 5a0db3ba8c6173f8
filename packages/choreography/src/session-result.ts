import * as z from 'zod';

import { jsonSchema } from './progress.ts';

/** How a workflow ended; `completedAtMs` by the clock of the function that ended it. */
export const sessionResultSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('SUCCEEDED'), output: jsonSchema, completedAtMs: z.number() }),
  z.strictObject({
    status: z.literal('FAILED'),
    error: z.string().exactOptional(),
    cause: z.string().exactOptional(),
    completedAtMs: z.number(),
  }),
]);

export type SessionResult = z.output<typeof sessionResultSchema>;
