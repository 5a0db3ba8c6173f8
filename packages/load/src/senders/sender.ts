/** What came of one request. Times are of the clock that the sender was given. */
export interface Reply {
  readonly firstByteAtMs: number | null;
  readonly endedAtMs: number;
  readonly responseCode: string | null;
  /** null: it succeeded. */
  readonly error: string | null;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly answerId: string | null;
}

/** One kind of target. */
export interface Sender {
  /** Names the requests in the files: GET, Invoke, StartExecution. */
  readonly method: string;
  /** Sends one request. Whatever the target does is a reply; a rejection is a defect of the sender and ends the load. */
  send(signal: AbortSignal): Promise<Reply>;
  close(): Promise<void>;
}

/** What every sender is made with. */
export interface SenderContext {
  readonly nowMs: () => number;
  readonly requestTimeoutMs: number;
  /** As many connections may be open. */
  readonly maxInFlight: number;
}
