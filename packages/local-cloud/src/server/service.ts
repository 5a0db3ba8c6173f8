import type { IncomingHttpHeaders } from 'node:http';
import type { HttpFront } from './http-front.ts';

/** What an operation may know of the request it answers, apart from its parsed input. */
export interface RequestContext {
  /** Becomes x-amzn-RequestId / x-amz-request-id of the answer; a UUID. */
  readonly requestId: string;
  /** Lower-cased names, as Node gives them. For the few things that the models leave out (presigned queries, aws-chunked). */
  readonly headers: IncomingHttpHeaders;
  /** Access key that signed the request; undefined for an anonymous one where that is allowed. */
  readonly accessKeyId: string | undefined;
  readonly sourceIp: string;
}

/** One AWS operation: the SDK's own parsed input in, the SDK's own output shape out, an AwsError thrown for every refusal. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where operations of different types share a table; each service types its own.
export type Operation<Input = any, Output = any> = (input: Input, context: RequestContext) => Promise<Output>;

/**
 * One emulated AWS service: a folder under services/, its operations, its life-cycle.
 * The core iterates services and knows none by name.
 */
export interface Service {
  /** Of its model (protocol/service-model.ts): s3, lambda, logs, iam, sts, ... */
  readonly id: string;
  /** AWS operation name (`PutObject`) to its implementation. One that is missing answers NotImplemented with its name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Paths that the service answers by itself, without a signature. */
  readonly front?: HttpFront;
  /** Loads what survived the last stop and resumes work that was accepted. */
  start?(): Promise<void>;
  /** Ends children, timers and listeners; accepted work stays on disk. */
  stop?(): Promise<void>;
}
