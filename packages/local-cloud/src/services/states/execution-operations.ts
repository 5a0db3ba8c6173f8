import { randomUUID } from 'node:crypto';
import type {
  DescribeExecutionCommandOutput,
  ListExecutionsCommandOutput,
  StartExecutionCommandOutput,
  StopExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { executionNotFound, STATES_VALIDATION } from './errors.ts';
import { readExecutionInput } from './execution-input.ts';
import type { ExecutionRecord, ExecutionStatus, ExecutionSummary } from './execution-table.ts';
import { arn, checkName, executionsToken, inputText, maxResults, name } from './input-members.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import { findMachine, findMachineOf, type StatesCore } from './states-core.ts';

const listToken = z.strictObject({ before: z.number().int() });

export function executionOperations(core: StatesCore) {
  const { arns, executions, table } = core;
  return {
    StartExecution: validatedOperation(
      STATES_VALIDATION,
      'StartExecution',
      z.strictObject({ stateMachineArn: arn, name: name.optional(), input: inputText.optional() }),
      async (given): Promise<Output<StartExecutionCommandOutput>> => {
        const executionName = given.name ?? randomUUID();
        checkName(executionName);
        const machine = findMachine(core, given.stateMachineArn);
        const input = readExecutionInput(given.input);
        if (machine.type === 'EXPRESS') {
          const { start } = executions.startExpress(machine, executionName, input);
          return { executionArn: start.arn, startDate: new Date(start.startedMs) };
        }
        const { startedMs } = await executions.startStandard(machine, executionName, input);
        return {
          executionArn: arns.execution(machine.name, executionName),
          startDate: new Date(startedMs),
        };
      },
    ),

    StopExecution: validatedOperation(
      STATES_VALIDATION,
      'StopExecution',
      z.strictObject({
        executionArn: arn,
        error: z.string().max(256).optional(),
        cause: z.string().max(32_768).optional(),
      }),
      async ({ executionArn, error, cause }): Promise<Output<StopExecutionCommandOutput>> => {
        findExecution(core, executionArn);
        await executions.stop(executionArn, error, cause);
        const { stoppedMs } = findExecution(core, executionArn);
        return { stopDate: stoppedMs === undefined ? undefined : new Date(stoppedMs) };
      },
    ),

    DescribeExecution: validatedOperation(
      STATES_VALIDATION,
      'DescribeExecution',
      z.strictObject({ executionArn: arn }),
      ({ executionArn }): Output<DescribeExecutionCommandOutput> => {
        const execution = findExecution(core, executionArn);
        const { machine } = arns.parseExecution(executionArn);
        return { ...summary(core, machine, execution), ...data(execution), ...redrive(execution.status) };
      },
    ),

    ListExecutions: validatedOperation(
      STATES_VALIDATION,
      'ListExecutions',
      z.strictObject({
        stateMachineArn: arn.optional(),
        statusFilter: z
          .enum(['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'])
          .optional(),
        maxResults,
        nextToken: executionsToken.optional(),
      }),
      ({ stateMachineArn, statusFilter, maxResults, nextToken }): Output<ListExecutionsCommandOutput> => {
        if (stateMachineArn === undefined) {
          throw new AwsError('ValidationException', 'Must provide a StateMachine ARN or MapRun ARN', 400);
        }
        const machine = findMachineOf(core, stateMachineArn, 'STANDARD');
        // Nothing here is ever redriven.
        if (statusFilter === 'PENDING_REDRIVE') return { executions: [] };
        const before =
          nextToken === undefined ? Number.MAX_SAFE_INTEGER : decodePageToken(nextToken, listToken).before;
        const limit = maxResults || 100;
        const found = table.list(machine.id, statusFilter, before, limit + 1);
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          executions: page.map((execution) => ({
            ...summary(core, machine.name, execution),
            redriveCount: 0,
          })),
          ...(found.length > limit &&
            last !== undefined && { nextToken: encodePageToken({ before: last.id }) }),
        };
      },
    ),
  } satisfies Record<string, Operation>;
}

/** Throws InvalidArn and ExecutionDoesNotExist. */
export function findExecution({ arns, table }: StatesCore, executionArn: string): ExecutionRecord {
  const { machine, name } = arns.parseExecution(executionArn);
  const execution = table.find(machine, name);
  if (execution === undefined) throw executionNotFound(executionArn);
  return execution;
}

function summary({ arns }: StatesCore, machineName: string, execution: ExecutionSummary) {
  const { name, status, startedMs, stoppedMs } = execution;
  return {
    executionArn: arns.execution(machineName, name),
    stateMachineArn: arns.machine(machineName),
    name,
    status,
    startDate: new Date(startedMs),
    ...(stoppedMs !== undefined && { stopDate: new Date(stoppedMs) }),
  };
}

function data({ input, output, error, cause }: ExecutionRecord) {
  return {
    input,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** As AWS says it, although RedriveExecution is refused here: a parent's task has it in the cause of its failure. */
function redrive(status: ExecutionStatus) {
  if (status !== 'RUNNING' && status !== 'SUCCEEDED') {
    return { redriveCount: 0, redriveStatus: 'REDRIVABLE' } as const;
  }
  const redriveStatusReason = `Execution is ${status} and cannot be redriven`;
  return { redriveCount: 0, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason } as const;
}
