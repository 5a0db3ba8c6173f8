import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { CloudEnvironment } from '../../src/server/environment.ts';
import type { FunctionInvoker } from '../../src/server/ports.ts';
import type { Service } from '../../src/server/service.ts';
import { createLogs } from '../../src/services/logs/create-logs.ts';
import { operationCaller } from '../../src/services/operation-caller.ts';
import { createStates } from '../../src/services/states/create-states.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { serveServices } from '../support/serve-services.ts';

/** A limit for what hangs, not for what is slow. */
const PATIENCE_MS = 20_000;

/** Asks until it is so. */
export const until = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: 5 });

export const ROLE = 'arn:aws:iam::000000000000:role/test';
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
export const machineArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
export const executionArn = (machine: string, name: string) =>
  `arn:aws:states:us-east-1:000000000000:execution:${machine}:${name}`;

/** Stands in for Lambda where a test is about Step Functions' side of the port. */
export function functions(invoke: FunctionInvoker['invoke']): FunctionInvoker {
  return { invoke, mayInvoke: () => ({ allowed: true }) };
}

const noFunctions = functions(async (functionArn) => {
  throw new Error(`This test has no function ${functionArn}.`);
});

export interface StatesSettings {
  readonly clock?: Clock;
  readonly functions?: FunctionInvoker;
  /** Services besides Logs that tasks call. */
  readonly others?: (environment: CloudEnvironment) => readonly Service[];
}

/** Step Functions and Logs over a socket, with their SDK clients; ends with the test. */
export async function startStates(settings: StatesSettings = {}) {
  const { clock = systemClock, functions = noFunctions, others = () => [] } = settings;
  const served = await serveServices(clock, (environment) => {
    const logs = createLogs(environment);
    const operations = operationCaller(() => services);
    const states = createStates(environment, { functions, logs: logs.writer, operations });
    const services: readonly Service[] = [logs, ...others(environment), states];
    return services;
  });
  const client = new SFNClient({ ...served.client, disableHostPrefix: true });
  const logsClient = new CloudWatchLogsClient(served.client);
  onTestFinished(async () => {
    client.destroy();
    logsClient.destroy();
    await served.stop();
  });

  /** A machine of these states, the first of which is the start; named `machine` and STANDARD unless told otherwise. */
  const create = async (
    states: Record<string, unknown>,
    more: Partial<CreateStateMachineCommandInput> = {},
    top: Record<string, unknown> = {},
  ): Promise<string> => {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...top });
    const { stateMachineArn = '' } = await client.send(
      new CreateStateMachineCommand({ name: 'machine', roleArn: ROLE, definition, ...more }),
    );
    return stateMachineArn;
  };

  const start = async (stateMachineArn: string, input?: unknown, name?: string): Promise<string> => {
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({
        stateMachineArn,
        name,
        ...(input !== undefined && { input: JSON.stringify(input) }),
      }),
    );
    return executionArn;
  };

  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));

  const ended = (executionArn: string) =>
    until(async () => {
      const execution = await describe(executionArn);
      if (execution.status === 'RUNNING') throw new Error('It still runs.');
      return execution;
    });

  const history = async (executionArn: string): Promise<HistoryEvent[]> => {
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
    );
    return events;
  };

  return {
    client,
    logsClient,
    environment: served.environment,
    endpoint: served.client.endpoint,
    clientConfig: served.client,
    create,
    start,
    describe,
    ended,
    history,

    /** Starts and waits for the end. */
    run: async (stateMachineArn: string, input?: unknown) => ended(await start(stateMachineArn, input)),

    runSync: (stateMachineArn: string, input: unknown = {}) =>
      client.send(new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(input) })),

    /** The types of the events so far. */
    types: async (executionArn: string) => (await history(executionArn)).map(({ type }) => type),

    logLines: async (logGroupName: string) => {
      const { events = [] } = await logsClient.send(new FilterLogEventsCommand({ logGroupName }));
      return events.map(({ message = '', logStreamName = '' }) => ({
        logStreamName,
        ...JSON.parse(message),
      }));
    },
  };
}

export type States = Awaited<ReturnType<typeof startStates>>;

/** Moves the clock once the execution has come to an event of this type. */
export async function advanceAfter(
  states: States,
  clock: ManualClock,
  executionArn: string,
  type: string,
  durationMs: number,
): Promise<void> {
  await until(async () => {
    if (!(await states.types(executionArn)).some((seen) => seen === type)) throw new Error(`No ${type} yet.`);
  });
  clock.advance(durationMs);
}
