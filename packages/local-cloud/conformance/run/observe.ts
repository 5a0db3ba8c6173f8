import { setTimeout } from 'node:timers/promises';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Observation } from '../compare/compare-case.ts';
import type { RecordedCase } from '../recorded-case.ts';
import type { Account } from './clients.ts';
import { observeLog } from './observe-log.ts';
import { readHistory } from './read-history.ts';
import { POLL_INTERVAL_MS, type Seen } from './seen.ts';

/** How long an execution that AWS was seen to leave running is watched here. */
const STILL_RUNNING_MS = 1_000;

/** Makes the machine; throws what CreateStateMachine answers. */
export async function createMachine(
  { definition, machine_type, kind }: RecordedCase,
  account: Account,
): Promise<{ readonly arn: string; readonly logGroup: string }> {
  const { cloud, states, logs } = account;
  const name = account.uniqueName();
  const logGroup = `/aws/vendedlogs/states/${name}`;
  const isLogged = kind === 'express_async';
  if (isLogged) await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  const logGroupArn = `arn:aws:logs:${cloud.region}:${cloud.accountId}:log-group:${logGroup}:*`;
  const { stateMachineArn = '' } = await states.send(
    new CreateStateMachineCommand({
      name,
      type: machine_type,
      roleArn: account.roleArn,
      definition: JSON.stringify(definition),
      ...(isLogged && {
        loggingConfiguration: {
          level: 'ALL',
          includeExecutionData: true,
          destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
        },
      }),
    }),
  );
  return { arn: stateMachineArn, logGroup };
}

/** Runs the machine as the recording did and asks what it asked. Rejects with the signal's reason when time is up. */
export async function observe(
  recorded: RecordedCase,
  machine: { readonly arn: string; readonly logGroup: string },
  account: Account,
  signal: AbortSignal,
): Promise<Seen> {
  const input = JSON.stringify(recorded.input);
  const request = { stateMachineArn: machine.arn, input };
  switch (recorded.kind) {
    case 'express_sync': {
      const answer = await account.states.send(new StartSyncExecutionCommand(request), {
        abortSignal: signal,
      });
      return { ...resultOf(answer), events: [], logged: undefined };
    }
    case 'express_async':
      await account.states.send(new StartExecutionCommand(request));
      return observeLog(account, machine.logGroup, signal);
    default:
      return observeStandard(recorded, request, account, signal);
  }
}

async function observeStandard(
  recorded: RecordedCase,
  request: { stateMachineArn: string; input: string },
  account: Account,
  signal: AbortSignal,
): Promise<Seen> {
  const { states } = account;
  const { executionArn } = await states.send(new StartExecutionCommand(request));
  if (recorded.stopped_by_test) await stopWhereRecorded(recorded, executionArn, account, signal);
  if (recorded.expected.status === 'RUNNING') await setTimeout(STILL_RUNNING_MS, undefined, { signal });
  let described = await states.send(new DescribeExecutionCommand({ executionArn }));
  while (described.status === 'RUNNING' && recorded.expected.status !== 'RUNNING') {
    await setTimeout(POLL_INTERVAL_MS, undefined, { signal });
    described = await states.send(new DescribeExecutionCommand({ executionArn }));
  }
  const events = recorded.expected.events === null ? [] : await readHistory(account, executionArn);
  if (described.status === 'RUNNING') await states.send(new StopExecutionCommand({ executionArn }));
  return { ...resultOf(described), events, logged: undefined };
}

/** Once everything is in the history that was recorded before the stop. */
async function stopWhereRecorded(
  { expected }: RecordedCase,
  executionArn: string | undefined,
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  const before = (expected.events ?? []).filter(({ type }) => type !== 'ExecutionAborted').length;
  while ((await readHistory(account, executionArn)).length < before) {
    await setTimeout(POLL_INTERVAL_MS, undefined, { signal });
  }
  await account.states.send(
    new StopExecutionCommand({
      executionArn,
      ...(expected.error !== null && { error: expected.error }),
      ...(typeof expected.cause === 'string' && { cause: expected.cause }),
    }),
  );
}

function resultOf({
  status,
  output,
  error,
  cause,
}: {
  status: string | undefined;
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
}): Omit<Observation, 'events'> {
  return { status: status ?? 'no status', output, error, cause };
}
