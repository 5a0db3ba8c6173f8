import { randomUUID } from 'node:crypto';
import { type Json, type JsonObject, StatesError, type TaskCall } from '@skyground/asl';
import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { OperationCaller } from '../../../server/ports.ts';
import { readJson } from '../read-json.ts';
import type { Integration } from './integration.ts';
import { parameterProblems } from './parameters.ts';
import { optimisedFailure, type SdkService } from './sdk-errors.ts';
import { sdkMetadata } from './sdk-metadata.ts';

const STEP_FUNCTIONS: SdkService = {
  prefix: 'StepFunctions',
  serviceName: 'AWSStepFunctions',
  baseException: 'AWSStepFunctionsException',
};

/** What the service's own model does not name. */
const UNMODELLED: ReadonlySet<string> = new Set(['NotImplemented', 'ServiceUnavailable']);

const parameters = z.strictObject({
  StateMachineArn: z.string(),
  Input: z.json().optional(),
  Name: z.string().optional(),
});

/** `startExecution` answers when it has started, `.sync` and `.sync:2` when it has ended; `:2` reads the JSON of its output. */
export type StartPattern = 'requestResponse' | 'sync' | 'sync:2';

export interface ChildExecutions {
  readonly operations: OperationCaller;
  /** Resolves when the execution has ended; rejects with the signal's reason. */
  waitFor(executionArn: string, signal: AbortSignal): Promise<void>;
}

/** `arn:aws:states:::states:startExecution`: an execution of another machine. */
export function startExecution(children: ChildExecutions, pattern: StartPattern): Integration {
  const names = { known: new Set(Object.keys(parameters.shape)), required: ['StateMachineArn'] };
  return {
    parameters: names,
    problems: (input) => parameterProblems(input, names, parameters),
    run: async (call, signal) => {
      const requestId = randomUUID();
      try {
        const started = await start(children.operations, call.input, requestId);
        const answer = startAnswer(started, requestId);
        if (pattern === 'requestResponse') return answer;
        call.onSubmitted(answer);
        return await ended(children, started.executionArn, pattern, signal);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw optimisedFailure(STEP_FUNCTIONS, (code) => !UNMODELLED.has(code), error, requestId);
      }
    },
  };
}

const startOutput = z.object({ executionArn: z.string(), startDate: z.date() });

async function start(
  operations: OperationCaller,
  input: TaskCall['input'],
  requestId: string,
): Promise<z.output<typeof startOutput>> {
  const { StateMachineArn, Input, Name } = parameters.parse(input);
  const output = await operations.call(
    'states',
    'StartExecution',
    {
      stateMachineArn: StateMachineArn,
      ...(Name !== undefined && { name: Name }),
      ...(Input !== undefined && Input !== null && { input: inputText(Input) }),
    },
    requestId,
  );
  return startOutput.parse(output);
}

function inputText(input: Json): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}

function startAnswer(
  { executionArn, startDate }: z.output<typeof startOutput>,
  requestId: string,
): JsonObject {
  const body = JSON.stringify({ executionArn, startDate: startDate.getTime() / 1000 });
  return {
    ExecutionArn: executionArn,
    ...sdkMetadata(
      {
        connection: 'keep-alive',
        'Content-Length': String(Buffer.byteLength(body)),
        'Content-Type': 'application/x-amz-json-1.0',
      },
      requestId,
    ),
    StartDate: startDate.getTime(),
  };
}

/** A task that is given up stops what it started, as AWS does. */
async function ended(
  children: ChildExecutions,
  executionArn: string,
  pattern: StartPattern,
  signal: AbortSignal,
): Promise<Json> {
  const { operations } = children;
  try {
    await children.waitFor(executionArn, signal);
  } catch (error) {
    await operations.call('states', 'StopExecution', { executionArn }, randomUUID());
    throw error;
  }
  const description = describeOutput.parse(
    await operations.call('states', 'DescribeExecution', { executionArn }, randomUUID()),
  );
  if (description.status === 'SUCCEEDED') return result(description, pattern);
  throw new StatesError('States.TaskFailed', JSON.stringify(result(description, 'sync')));
}

const describeOutput = z.object({
  executionArn: z.string(),
  stateMachineArn: z.string(),
  name: z.string(),
  status: z.string(),
  startDate: z.date(),
  stopDate: z.date().optional(),
  input: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveCount: z.number(),
  redriveStatus: z.string(),
  redriveStatusReason: z.string().optional(),
});

/** What DescribeExecution says, members in alphabetical order as recorded, times in epoch milliseconds. */
function result(described: z.output<typeof describeOutput>, pattern: StartPattern): JsonObject {
  const data = (text: string) => (pattern === 'sync:2' ? readJson(text) : text);
  const { cause, error, output, redriveStatusReason, stopDate } = described;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: described.executionArn,
    Input: data(described.input),
    InputDetails: { Included: true },
    Name: described.name,
    ...(output !== undefined && { Output: data(output), OutputDetails: { Included: true } }),
    RedriveCount: described.redriveCount,
    RedriveStatus: described.redriveStatus,
    ...(redriveStatusReason !== undefined && { RedriveStatusReason: redriveStatusReason }),
    StartDate: described.startDate.getTime(),
    StateMachineArn: described.stateMachineArn,
    Status: described.status,
    ...(stopDate !== undefined && { StopDate: stopDate.getTime() }),
  };
}
