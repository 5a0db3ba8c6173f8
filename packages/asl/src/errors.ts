/**
 * A failure in the language's own terms: an error name that Retry and Catch match (`States.Timeout`, `MyFailure`) and a cause.
 * Either may be missing, as in a Fail state without Error. It is also how a task runner says that a task failed.
 */
export class StatesError extends Error {
  readonly error: string | undefined;
  /** As it will stand in history and in a Catch's output; undefined where AWS leaves it out. */
  readonly causeText: string | undefined;

  constructor(error: string | undefined, causeText: string | undefined, options?: ErrorOptions) {
    super([error, causeText].filter((part) => part !== undefined).join(': '), options);
    this.name = 'StatesError';
    this.error = error;
    this.causeText = causeText;
  }
}

/**
 * What a path, an intrinsic function or a field of the state says does not fit the data: `States.Runtime`, which no Catch
 * catches by States.ALL. The text is the inner sentence; the state that was entered puts "An error occurred while executing the
 * state 'X' (entered at the event id #2). " before it.
 */
export class RuntimeFault extends StatesError {
  constructor(sentence: string, error = 'States.Runtime', options?: ErrorOptions) {
    super(error, sentence, options);
    this.name = 'RuntimeFault';
  }
}

/** A JSONata expression that failed: `States.QueryEvaluationError`, recorded in history as EvaluationFailed. */
export class QueryEvaluationFault extends RuntimeFault {
  /** The field, as history writes it: `Output/result`, `Arguments`, `Condition`. */
  readonly location: string;

  constructor(location: string, sentence: string, options?: ErrorOptions) {
    super(sentence, 'States.QueryEvaluationError', options);
    this.name = 'QueryEvaluationFault';
    this.location = location;
  }
}

/**
 * Ends a whole execution from outside its states: the reason of an AbortSignal (StopExecution), or thrown by a HistoryRecorder
 * whose history is full. No Retry and no Catch sees it.
 */
export class ExecutionStopped extends Error {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error: string | undefined;
  readonly causeText: string | undefined;

  constructor(status: 'FAILED' | 'TIMED_OUT' | 'ABORTED', error?: string, causeText?: string) {
    super([status, error, causeText].filter((part) => part !== undefined).join(': '));
    this.name = 'ExecutionStopped';
    this.status = status;
    this.error = error;
    this.causeText = causeText;
  }
}
