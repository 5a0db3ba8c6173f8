import { z } from 'zod';

/** An SDK client as data: a sender's thread makes its own, since clients cannot be passed between threads. */
const awsSchema = z.strictObject({
  region: z.string().min(1),
  /** undefined: AWS's own endpoint of the region. */
  endpoint: z.url().optional(),
  credentials: z.strictObject({
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(1),
    sessionToken: z.string().optional(),
  }),
});
export type AwsSettings = z.infer<typeof awsSchema>;

const httpSettingsSchema = z.strictObject({
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
  /** The header of the answer that becomes a sample's `answerId`; plans stored before there was one name none. */
  answerIdHeader: z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'has to be the name of an HTTP header')
    .nullable()
    .default(null),
});
export type HttpSettings = z.infer<typeof httpSettingsSchema>;

const lambdaSettingsSchema = z.strictObject({
  kind: z.literal('lambda'),
  aws: awsSchema,
  functionName: z.string().min(1),
  /** RequestResponse waits for the function; Event is answered as soon as it is queued. */
  invocationType: z.enum(['RequestResponse', 'Event']),
  /** JSON. */
  payload: z.string(),
});
export type LambdaSettings = z.infer<typeof lambdaSettingsSchema>;

const startExecutionSettingsSchema = z.strictObject({
  kind: z.literal('start-execution'),
  aws: awsSchema,
  stateMachineArn: z.string().min(1),
  /** JSON. */
  input: z.string(),
});
export type StartExecutionSettings = z.infer<typeof startExecutionSettingsSchema>;

/** What to send and where to. Holds credentials: never logged, never written into a run folder. */
export const senderSettingsSchema = z.discriminatedUnion('kind', [
  httpSettingsSchema,
  lambdaSettingsSchema,
  startExecutionSettingsSchema,
]);
export type SenderSettings = z.infer<typeof senderSettingsSchema>;
