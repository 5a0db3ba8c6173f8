import { z } from 'zod';
import { CostError } from '../errors.ts';

const amount = z.number().nonnegative();
const memoryMb = z.number().int().min(128).max(10_240);

export const lambdaUsageSchema = z.strictObject({
  architecture: z.enum(['x86_64', 'arm64']),
  memoryMb,
  /** The function's /tmp; what exceeds 512 MB is billed. */
  ephemeralStorageMb: z.number().int().min(512).max(10_240).default(512),
  requests: amount,
  /** Sum of Billed Duration, which holds INIT and is rounded up for each invocation. */
  billedMs: amount,
});

/** One function's stretch of provisioned concurrency, and what its environments were asked meanwhile. */
const provisionedUsageSchema = z.strictObject({
  ...lambdaUsageSchema.shape,
  /** Environments kept ready. */
  concurrency: z.number().int().positive(),
  /** From its being configured to its removal; billed in steps of five minutes, asked or not. */
  enabledMs: amount,
});

export const expressUsageSchema = z.strictObject({
  /** How many workflows of this duration and memory. */
  executions: amount,
  /** Of one; billed in steps of 100 ms. */
  durationMs: amount,
  /** Of one; billed in chunks of 64 MB. */
  memoryMb: amount,
});

/** What was used, as measured. What is left out was not used. */
export const usageSchema = z.strictObject({
  /** One entry for each function, or for each memory size and architecture. */
  lambda: z.array(lambdaUsageSchema).readonly().default([]),
  /**
   * One entry for each stretch. Only what the provisioned environments answered: what went beyond them is billed as any
   * other invocation, and stands in `lambda`. AWS gives such a function no free tier for that either, and a bill with the free
   * tier cannot know: take one without.
   */
  lambdaProvisioned: z.array(provisionedUsageSchema).readonly().default([]),
  stepFunctions: z
    .strictObject({
      /** Of Standard workflows; each retry is one more. */
      transitions: amount.default(0),
      express: z.array(expressUsageSchema).readonly().default([]),
    })
    .prefault({}),
  /** DELETE costs nothing and is not counted. */
  s3: z
    .strictObject({
      /** PUT, COPY, POST and LIST. */
      putRequests: amount.default(0),
      /** GET, HEAD and everything else. */
      getRequests: amount.default(0),
    })
    .prefault({}),
  dynamoDb: z.strictObject({ writeUnits: amount.default(0), readUnits: amount.default(0) }).prefault({}),
  apiGateway: z
    .strictObject({
      /** As metered: one for each 512 KB that a request begins. */
      httpRequests: amount.default(0),
      restRequests: amount.default(0),
    })
    .prefault({}),
  logs: z.strictObject({ ingestedBytes: amount.default(0) }).prefault({}),
  transfer: z.strictObject({ outBytes: amount.default(0) }).prefault({}),
});

/** What was used in one run. */
export type Usage = z.input<typeof usageSchema>;
export type LambdaUsage = z.input<typeof lambdaUsageSchema>;
export type CheckedUsage = z.output<typeof usageSchema>;
export type ProvisionedUsage = z.output<typeof provisionedUsageSchema>;

export function parseUsage(usage: Usage): CheckedUsage {
  const checked = usageSchema.safeParse(usage);
  if (checked.success) return checked.data;
  throw new CostError(`The usage cannot be priced: ${z.prettifyError(checked.error)}`, {
    cause: checked.error,
  });
}
