import { z } from 'zod';

/** What a cloud that was started as a child tells its parent over the IPC channel, once. */
export const childMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  /** Another cloud has the state folder: look at its lock. */
  z.strictObject({ kind: z.literal('in-use') }),
]);

export type ChildMessage = z.output<typeof childMessage>;
