import { z } from 'zod';

/** Members that several operations share. */
export const namespace = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^:]+$/);
export const metricName = z.string().min(1).max(255);
export const dimensions = z
  .array(z.strictObject({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1024) }))
  .max(30)
  .default([]);
/** In seconds. */
export const period = z
  .int()
  .min(1)
  .max(86_400)
  .refine((seconds) => seconds % 60 === 0 || [1, 5, 10, 20, 30].includes(seconds), {
    error: 'Member must be 1, 5, 10, 20, 30 or a multiple of 60',
  });
/** CloudWatch's own words, of which Lambda's metrics use two. */
export const unit = z.string().min(1).max(64);
export const pageToken = z.string().max(1024);

/** As the port of metrics has them. */
export function dimensionRecord(
  given: readonly { readonly Name: string; readonly Value: string }[],
): Record<string, string> {
  return Object.fromEntries(given.map(({ Name, Value }) => [Name, Value]));
}
