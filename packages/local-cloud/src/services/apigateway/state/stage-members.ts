import { z } from 'zod';

export const stageVariables = z.record(
  z.string().regex(/^\w{1,64}$/),
  z
    .string()
    .max(512)
    .regex(/^[A-Za-z0-9-._~:/?#&=,]*$/),
);

export const tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((given) => Object.keys(given).length <= 50, {
    error: 'Member must have length less than or equal to 50',
  });

export const throttling = z.strictObject({
  /** Requests a second. */
  rateLimit: z.number().min(0).optional(),
  /** Requests at once. */
  burstLimit: z.number().int().min(0).optional(),
});
export type Throttling = z.output<typeof throttling>;
