/** Phases of a cold start, each by when it ended: milliseconds since `timeOrigin`, when the process began. */
export interface ColdStartMarks {
  /** Epoch milliseconds. */
  readonly timeOrigin: number;
  /** Node itself is up; the runtime begins. */
  readonly nodeReadyMs: number;
  /** The runtime is loaded, and the function's code read, compiled and evaluated, but for the handler module's own statements. */
  readonly codeLoadedMs: number;
  /** Those have run, too: the predictor is built, clients are made. */
  readonly initialisedMs: number;
  /** The runtime has fetched the first event; provisioned environments wait for it long. */
  readonly firstCallStartedMs: number;
  readonly firstCallEndedMs: number;
  /** `on-demand` or `provisioned-concurrency`; null where the runtime does not say. */
  readonly initialisationType: string | null;
  /** Whether V8 took the compile cache that the package brings: `accepted` or `rejected`; null where it brings none. */
  readonly compileCache: string | null;
}

/** What a handler module notes while it is loaded. */
export type InitMarks = Pick<ColdStartMarks, 'codeLoadedMs' | 'initialisedMs'>;

/** One line of JSON, `{"coldStart": ...}`, in the log of the environment's first invocation. */
export function logColdStart(
  init: InitMarks,
  firstCall: Pick<ColdStartMarks, 'firstCallStartedMs' | 'firstCallEndedMs'>,
): void {
  const coldStart: ColdStartMarks = {
    timeOrigin: performance.timeOrigin,
    nodeReadyMs: performance.nodeTiming.bootstrapComplete,
    ...init,
    ...firstCall,
    initialisationType: process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] ?? null,
    compileCache: process.env['SKYGROUND_COMPILE_CACHE'] ?? null,
  };
  console.log(JSON.stringify({ coldStart }));
}
