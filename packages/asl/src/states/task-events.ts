import { readResource } from '../definition/resource.ts';
import type { StatesError } from '../errors.ts';
import { type ExecutionVisit, NOT_TRUNCATED } from '../interpreter/execution-visit.ts';
import { jsonText } from '../interpreter/json-text.ts';
import type { Json, JsonObject } from '../json.ts';

/** What history tells of one attempt of a task. */
export interface TaskEvents {
  /** What AWS calls the task where its result is too large. */
  readonly name: string;
  scheduled(input: Json, timeoutSeconds: number | undefined, roleArn: Json | undefined): void;
  started(): void;
  readonly submitted: (output: Json) => void;
  succeeded(output: Json): void;
  failed(failure: StatesError): void;
  timedOut(failure: StatesError): void;
}

/** A function that is named by its ARN has events of its own; everything else is a Task. */
export function taskEvents(resource: string, visit: ExecutionVisit): TaskEvents {
  const read = readResource(resource);
  return read.kind === 'integration'
    ? integrationEvents({ resourceType: read.service, resource: read.action }, visit)
    : functionEvents(resource, visit);
}

function functionEvents(resource: string, { branch }: ExecutionVisit): TaskEvents {
  return {
    name: resource,
    scheduled: (input, timeoutSeconds) =>
      branch.record('LambdaFunctionScheduled', 'lambdaFunctionScheduledEventDetails', {
        resource,
        input: jsonText(input),
        inputDetails: NOT_TRUNCATED,
        ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
      }),
    started: () => branch.record('LambdaFunctionStarted'),
    submitted: () => {},
    succeeded: (output) =>
      branch.record('LambdaFunctionSucceeded', 'lambdaFunctionSucceededEventDetails', {
        output: jsonText(output),
        outputDetails: NOT_TRUNCATED,
      }),
    failed: (failure) =>
      branch.record('LambdaFunctionFailed', 'lambdaFunctionFailedEventDetails', failureDetails(failure)),
    timedOut: (failure) =>
      branch.record('LambdaFunctionTimedOut', 'lambdaFunctionTimedOutEventDetails', failureDetails(failure)),
  };
}

function integrationEvents(
  names: { readonly resourceType: string; readonly resource: string },
  { branch, execution }: ExecutionVisit,
): TaskEvents {
  const outputDetails = (output: Json) => ({
    ...names,
    output: jsonText(output),
    outputDetails: NOT_TRUNCATED,
  });
  return {
    name: names.resourceType,
    scheduled: (input, timeoutSeconds, roleArn) =>
      branch.record('TaskScheduled', 'taskScheduledEventDetails', {
        ...names,
        region: execution.region,
        parameters: jsonText(input),
        ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
        ...(roleArn !== undefined && { taskCredentials: { roleArn } }),
      }),
    started: () => branch.record('TaskStarted', 'taskStartedEventDetails', names),
    submitted: (output) => branch.record('TaskSubmitted', 'taskSubmittedEventDetails', outputDetails(output)),
    succeeded: (output) => branch.record('TaskSucceeded', 'taskSucceededEventDetails', outputDetails(output)),
    failed: (failure) =>
      branch.record('TaskFailed', 'taskFailedEventDetails', { ...names, ...failureDetails(failure) }),
    timedOut: (failure) =>
      branch.record('TaskTimedOut', 'taskTimedOutEventDetails', { ...names, ...failureDetails(failure) }),
  };
}

function failureDetails({ error, causeText }: StatesError): JsonObject {
  return { ...(error !== undefined && { error }), ...(causeText !== undefined && { cause: causeText }) };
}
