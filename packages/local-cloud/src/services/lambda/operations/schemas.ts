import { z } from 'zod';
import { FUNCTION_NAME_PATTERN } from '../function-name.ts';
import { ARCHITECTURES, RUNTIMES } from '../function-record.ts';

/** Members that several operations share, with AWS's constraints. */

export const functionName = z.string().min(1).max(140).regex(FUNCTION_NAME_PATTERN);
export const qualifier = z.string().min(1).max(128).optional();
export const versionQualifier = z.string().min(1).max(128);
export const revisionId = z.string().optional();
export const tags = z.record(z.string().max(128), z.string().max(256));

export const pageSize = z.number().int().min(1).max(10_000).optional();

const roleArn = z.string().regex(/^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/);

/** No process can be given a NUL in a variable. */
const variableValue = z.string().regex(/^[^\0]*$/);

/** What CreateFunction and UpdateFunctionConfiguration have in common. */
export const configuration = {
  Role: roleArn,
  Runtime: z.enum(RUNTIMES),
  Handler: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\s\0]+$/),
  Description: z.string().max(256),
  Timeout: z.number().int().min(1).max(900),
  MemorySize: z.number().int().min(128).max(10_240),
  EphemeralStorage: z.strictObject({ Size: z.number().int().min(512).max(10_240) }),
  Environment: z.strictObject({
    Variables: z.record(z.string().regex(/^[a-zA-Z]([a-zA-Z0-9_])+$/), variableValue).optional(),
  }),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']).optional() }),
  /** Text only: JSON logs have other shapes, and levels that filter. */
  LoggingConfig: z.strictObject({
    LogFormat: z.literal('Text').optional(),
    LogGroup: z
      .string()
      .min(1)
      .max(512)
      .regex(/^[.\-_/#A-Za-z0-9]+$/)
      .optional(),
  }),
};

export const architectures = z.array(z.enum(ARCHITECTURES)).length(1);

/** Where code comes from; images and versions of objects in other accounts are not known here. */
export const codeSource = {
  ZipFile: z.instanceof(Uint8Array).optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
  S3ObjectVersion: z.string().optional(),
};
