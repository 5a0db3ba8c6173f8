import * as z from 'zod';

import { delaysSchema, NO_DELAYS } from './delays.ts';
import { locationSchema, passedImageSchema, sourceSchema } from './image.ts';
import { sessionSchema } from './session.ts';

/** What an execution of the workflow is started with. */
export const workflowInputSchema = z.strictObject({
  session: sessionSchema,
  image: locationSchema,
  /** `inline` carries the image itself, in base64, from function to function, as the origin of this workflow does. */
  passing: z.enum(['key', 'inline']).default('key'),
  delays: delaysSchema.default(NO_DELAYS),
});
export type WorkflowInput = z.input<typeof workflowInputSchema>;

/** What ImageLoader answers. */
export const loadedSchema = z.strictObject({
  session: sessionSchema,
  source: sourceSchema,
  image: passedImageSchema,
  delays: delaysSchema,
});
export type Loaded = z.output<typeof loadedSchema>;
