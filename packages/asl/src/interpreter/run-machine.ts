import { ExecutionStopped, StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { Branch } from './branch.ts';
import { type Execution, NOT_TRUNCATED } from './execution-visit.ts';
import { jsonText } from './json-text.ts';
import type { RunOptions } from './run-options.ts';
import { runStates } from './run-states.ts';
import { withTimeLimit } from './time-limit.ts';

/** How an execution ended, as DescribeExecution says it. */
export type ExecutionResult =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** Runs a workflow to its end. Rejects only for a fault of ours; a workflow that fails is a result. */
export async function runMachine(options: RunOptions): Promise<ExecutionResult> {
  const { definition, history, clock } = options;
  const execution: Execution = {
    ...options,
    runStates: (machine, input, inner) => runStates(execution, machine, input, inner),
  };
  const limit = { seconds: definition.timeoutSeconds, reason: new ExecutionStopped('TIMED_OUT') };
  history.record(0, {
    type: 'ExecutionStarted',
    detailsKey: 'executionStartedEventDetails',
    details: { input: jsonText(options.input), inputDetails: NOT_TRUNCATED, roleArn: options.roleArn },
  });
  return withTimeLimit(clock, limit, options.signal, async (signal) => {
    const branch = new Branch(history, { previousEventId: 0, signal });
    try {
      const output = await runStates(execution, definition, options.input, branch);
      branch.record('ExecutionSucceeded', 'executionSucceededEventDetails', {
        output: jsonText(output),
        outputDetails: NOT_TRUNCATED,
      });
      return { status: 'SUCCEEDED', output };
    } catch (thrown) {
      return recordEnd(endOf(signal.aborted ? signal.reason : thrown), branch);
    }
  });
}

type Failed = Exclude<ExecutionResult, { readonly status: 'SUCCEEDED' }>;

function endOf(thrown: unknown): Failed {
  if (thrown instanceof StatesError)
    return { status: 'FAILED', error: thrown.error, cause: thrown.causeText };
  if (thrown instanceof ExecutionStopped) {
    return { status: thrown.status, error: thrown.error, cause: thrown.causeText };
  }
  throw thrown;
}

const END_EVENTS = {
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
} as const;

function recordEnd(end: Failed, branch: Branch): Failed {
  const [type, detailsKey] = END_EVENTS[end.status];
  // A stop comes from outside: AWS links it to nothing.
  if (end.status === 'ABORTED') branch.previousEventId = 0;
  branch.record(type, detailsKey, {
    ...(end.error !== undefined && { error: end.error }),
    ...(end.cause !== undefined && { cause: end.cause }),
  });
  return end;
}
