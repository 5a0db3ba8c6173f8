import { z } from 'zod';

export const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'] as const;
export const ARCHITECTURES = ['x86_64', 'arm64'] as const;

/** A statement of the resource-based policy, as AddPermission makes it; stored and shown as it is. */
export const policyStatementSchema = z.strictObject({
  Sid: z.string(),
  Effect: z.literal('Allow'),
  Principal: z.union([
    z.literal('*'),
    z.strictObject({ Service: z.string() }),
    z.strictObject({ AWS: z.string() }),
  ]),
  Action: z.string(),
  Resource: z.string(),
  Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
export type PolicyStatement = z.infer<typeof policyStatementSchema>;

/** What happens to asynchronous events (PutFunctionEventInvokeConfig). Undefined members have AWS's defaults. */
export const eventInvokeConfigSchema = z.strictObject({
  maximumRetryAttempts: z.number().int().optional(),
  maximumEventAgeSeconds: z.number().int().optional(),
  onSuccessArn: z.string().optional(),
  onFailureArn: z.string().optional(),
  lastModifiedMs: z.number().int(),
});
export type EventInvokeConfig = z.infer<typeof eventInvokeConfigSchema>;

/** A function's unpublished version, or one of its published versions, as it is stored. */
export const functionRecordSchema = z.strictObject({
  name: z.string(),
  /** With the number of a published version; without a qualifier for $LATEST. */
  arn: z.string(),
  description: z.string(),
  roleArn: z.string(),
  runtime: z.enum(RUNTIMES),
  handler: z.string(),
  timeoutSeconds: z.number().int(),
  memoryMb: z.number().int(),
  ephemeralStorageMb: z.number().int(),
  architecture: z.enum(ARCHITECTURES),
  variables: z.record(z.string(), z.string()),
  deadLetterArn: z.string().optional(),
  tracingMode: z.enum(['Active', 'PassThrough']),
  logGroup: z.string(),
  /** Base64, of the zip. Its hex form names the folder of the unpacked code. */
  codeSha256: z.string(),
  codeSizeBytes: z.number().int(),
  lastModifiedMs: z.number().int(),
  /** Changes with everything. */
  revisionId: z.string(),
  /** Changes with what an execution environment is made of (code and configuration): older environments end. */
  deploymentId: z.string(),
  /** Of the whole function; published versions have none of their own. Nor have they tags. */
  reservedConcurrency: z.number().int().optional(),
  eventInvokeConfig: eventInvokeConfigSchema.optional(),
  policy: z.array(policyStatementSchema),
  tags: z.record(z.string(), z.string()),
});
export type FunctionRecord = Readonly<z.infer<typeof functionRecordSchema>> & {
  /** `$LATEST`, or the number of a published version. */
  readonly version: string;
};

export const LATEST = '$LATEST';

/** The ARN that names the version whatever it is: `...:function:NAME:$LATEST`, `...:function:NAME:1`. */
export function qualifiedArn({ arn, version }: FunctionRecord): string {
  return version === LATEST ? `${arn}:${LATEST}` : arn;
}

/** What asynchronous events wait for: `NAME`, or `NAME:1` for a published version. */
export function eventTarget(name: string, version: string | undefined): string {
  return version === undefined || version === LATEST ? name : `${name}:${version}`;
}
