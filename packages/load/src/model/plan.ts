import { z } from 'zod';
import { senderSettingsSchema } from '../senders/settings.ts';

const durationMs = z
  .number()
  .positive()
  .max(7 * 86_400_000);
const ratePerSecond = z.number().nonnegative().max(1_000_000);

/** A stretch of time in which the rate goes in a straight line from one value to another; equal values hold it. */
const stageSchema = z.strictObject({
  durationMs,
  startRatePerSecond: ratePerSecond,
  endRatePerSecond: ratePerSecond,
});
export type Stage = z.infer<typeof stageSchema>;

/** Requests arrive when they are due, however long earlier ones take. */
export const openModelSchema = z.strictObject({
  kind: z.literal('open'),
  stages: z.array(stageSchema).min(1),
  /** even: at equal steps of the work that is due. poisson: at random, independent of each other, by `seed`. */
  arrivals: z.enum(['even', 'poisson']),
  seed: z.int(),
  /** At most so many requests at a time; one that is due beyond it is dropped and counted, never sent late. */
  maxInFlight: z.int().positive().max(100_000),
});
export type OpenModel = z.infer<typeof openModelSchema>;

const thinkTimeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), thinkMs: z.number().nonnegative() }),
  z
    .strictObject({
      kind: z.literal('uniform'),
      minMs: z.number().nonnegative(),
      maxMs: z.number().nonnegative(),
    })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs has to be at most maxMs'),
]);

/** Users who each wait for their answer, think, and ask again: a slow target slows the load down. */
export const closedModelSchema = z.strictObject({
  kind: z.literal('closed'),
  users: z.int().positive().max(100_000),
  /** Users started a second, the first at once. */
  spawnRatePerSecond: z.number().positive(),
  thinkTime: thinkTimeSchema,
  /** From the first user's start; requests under way then are waited for. */
  runTimeMs: durationMs,
  seed: z.int(),
});
export type ClosedModel = z.infer<typeof closedModelSchema>;

/** A load as data: it can be stored in a manifest, and the same plan asks for the same load again. */
export const loadPlanSchema = z.strictObject({
  /** What the requests are called in every file (JMeter's label, Locust's Name). */
  name: z.string().regex(/^[^\r\n]+$/, 'has to be one line of text'),
  model: z.discriminatedUnion('kind', [openModelSchema, closedModelSchema]),
  target: senderSettingsSchema,
  /** A request that takes longer has failed. */
  requestTimeoutMs: z.number().positive().max(3_600_000),
});
export type LoadPlan = z.infer<typeof loadPlanSchema>;
