import { z } from 'zod';

/** The members that several operations of Logs share, with AWS's constraints. */

export const logGroupName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/);

export const logStreamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/);

/** A name or an ARN; where both it and the name may be given, exactly one must be. */
export const logGroupIdentifier = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[\w#+=/:,.@*-]*$/);

export const timestampMs = z.number().int().min(0);

export const eventLimit = z.number().int().min(1).max(10_000);

export const describeLimit = z.number().int().min(1).max(50).default(50);

export const pageToken = z.string().min(1);

export const tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((given) => Object.keys(given).length <= 50, {
    error: 'Member must have length less than or equal to 50',
  });
