import { StartExecutionCommand } from '@aws-sdk/client-sfn';

import type { Execution } from '../../src/history/execution.ts';
import type { TestCloud } from './test-cloud.ts';

/** Starts an execution of a deployed machine; its history is where `readHistory` looks. */
export async function startExecution(
  { clients, names }: TestCloud,
  machine: keyof TestCloud['names']['stateMachines'],
  input: string,
): Promise<Execution> {
  const { arn: stateMachineArn, logGroup } = names.stateMachines[machine];
  const startedMs = Date.now();
  const { executionArn: arn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  if (arn === undefined) throw new Error('StartExecution was answered without an ARN.');
  return machine === 'sweepExpress'
    ? { type: 'EXPRESS', arn, logGroup, startedMs }
    : { type: 'STANDARD', arn };
}
