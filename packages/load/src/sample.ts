/** What every request of a load has, sent or not. Times are epoch ms (UTC, fractions kept) of one monotonic clock. */
interface Due {
  /** 0-based, in the order in which requests fell due. */
  readonly sequence: number;
  /** The user of a closed model, 0-based; null in an open model. */
  readonly user: number | null;
  /** GET, Invoke, StartExecution ... ; empty where a file did not tell. */
  readonly method: string;
  readonly name: string;
  readonly dueAtMs: number;
}

export interface SentSample extends Due {
  readonly status: 'ok' | 'failed';
  readonly sentAtMs: number;
  /** When the head of the answer came; null where none came. */
  readonly firstByteAtMs: number | null;
  /** When the answer was whole, or the failure known. */
  readonly endedAtMs: number;
  /** Status of the answer, null where there was no answer (connection refused, time-out). */
  readonly responseCode: string | null;
  /** Why it failed; null when ok. */
  readonly error: string | null;
  /** Body bytes, without heads. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /**
   * What the answer's header that the HTTP target names (`answerIdHeader`) says: joins the request with whatever served
   * it. null where none is named, none came, or what came cannot be an id.
   */
  readonly answerId: string | null;
  /** Requests under way at its sending, itself among them. */
  readonly inFlight: number;
}

/** A request that was due while as many were under way as allowed: it was never sent, and has no latency. */
export interface DroppedSample extends Due {
  readonly status: 'dropped';
}

export type LoadSample = SentSample | DroppedSample;

export function isSent(sample: LoadSample): sample is SentSample {
  return sample.status !== 'dropped';
}

/** How long the target took: from sending to the end of the answer. */
export function serviceMs({ sentAtMs, endedAtMs }: SentSample): number {
  return endedAtMs - sentAtMs;
}

/** How long somebody who asked when the request was due waited: free of coordinated omission in an open model. */
export function responseMs({ dueAtMs, endedAtMs }: SentSample): number {
  return endedAtMs - dueAtMs;
}
