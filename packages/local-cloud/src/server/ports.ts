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
