/**
 * What one service needs of another, as narrow ports, so that no service imports another's folder.
 * local-cloud.ts connects them.
 */

/** Logs, as Lambda needs it. */
export interface LogWriter {
  /** Makes group and stream where missing, appends in order. Synchronous: durable (one transaction) when it returns. */
  append(group: string, stream: string, events: readonly { timestampMs: number; message: string }[]): void;
}

/** S3, as Lambda needs it (code from S3, destinations to S3). */
export interface ObjectStore {
  read(bucket: string, key: string, versionId?: string): Promise<Uint8Array>;
  write(bucket: string, key: string, body: Uint8Array, contentType: string): Promise<void>;
  bucketExists(bucket: string): boolean;
}

/** Lambda, as S3 notifications need it. */
export interface EventTarget {
  /**
   * Accepts an asynchronous invoke. Synchronous, and writes only through CloudEnvironment.database, so that the caller can
   * call it inside its own transaction: the event is accepted if and only if that transaction commits.
   * `wake` must be called after the commit.
   */
  enqueue(functionArn: string, payload: string): void;
  wake(): void;
  /** Whether a resource-based policy statement lets this source invoke the function; the reason if not (checked when a notification is configured). */
  mayInvoke(
    functionArn: string,
    sourceArn: string,
    principal: string,
  ): { allowed: true } | { allowed: false; reason: string };
}

/** Lambda, as Step Functions and API Gateway call it: no socket, no signature between them. */
export interface FunctionInvoker {
  /**
   * A synchronous invoke. Rejects with the AwsError that Invoke would answer (ResourceNotFoundException, TooManyRequestsException, ...);
   * a function that fails is a result. An abort gives up waiting; the function runs on, as on AWS.
   */
  invoke(functionArn: string, payload: string, signal: AbortSignal): Promise<FunctionAnswer>;
  /** Whether a resource-based policy statement lets this source invoke the function. */
  mayInvoke: EventTarget['mayInvoke'];
}

export interface FunctionAnswer {
  /** JSON text. */
  readonly payload: string;
  readonly isFunctionError: boolean;
  readonly executedVersion: string;
  readonly requestId: string;
}

/** CloudWatch metrics, as Lambda needs it. */
export interface MetricWriter {
  /** Synchronous and cheap: called for every invocation. */
  record(point: MetricPoint): void;
}

export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly timestampMs: number;
  readonly value: number;
  /** CloudWatch's own words: Count, Milliseconds. */
  readonly unit: string;
}

/** Every service's operations by name, as Step Functions' integrations need them: the SDK's input in, its output or an AwsError out. */
export interface OperationCaller {
  /** Rejects with NotImplemented for an operation that the embedded cloud lacks. */
  call(serviceId: string, operationName: string, input: unknown, requestId: string): Promise<unknown>;
  has(serviceId: string, operationName: string): boolean;
}
