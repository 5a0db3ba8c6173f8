import { randomUUID } from 'node:crypto';
import type { StartSyncExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { cloudStopping, STATES_VALIDATION } from './errors.ts';
import { readExecutionInput } from './execution-input.ts';
import { arn, checkName, inputText, name } from './input-members.ts';
import { findMachineOf, type StatesCore } from './states-core.ts';

/** AWS bills an Express execution by its duration in steps of this length, */
const BILLED_STEP_MS = 100;
/** and by its memory in steps of this size. Modelled: no execution here has a memory of its own, so it is always one step. */
const BILLED_STEP_MB = 64;

/** Runs an Express execution and answers when it has ended. */
export function startSyncExecution(core: StatesCore) {
  const { environment, executions } = core;
  return validatedOperation(
    STATES_VALIDATION,
    'StartSyncExecution',
    z.strictObject({ stateMachineArn: arn, name: name.optional(), input: inputText.optional() }),
    async (given): Promise<Output<StartSyncExecutionCommandOutput>> => {
      const executionName = given.name ?? randomUUID();
      checkName(executionName);
      const machine = findMachineOf(core, given.stateMachineArn, 'EXPRESS');
      const input = readExecutionInput(given.input);
      const { start, finished } = executions.startExpress(machine, executionName, input);
      const result = await finished;
      if (result === undefined) throw cloudStopping();
      const stoppedMs = environment.clock.now();
      const durationMs = Math.max(1, stoppedMs - start.startedMs);
      // Nothing can stop an Express execution from outside but the cloud's end.
      const status = result.status === 'ABORTED' ? 'FAILED' : result.status;
      return {
        executionArn: start.arn,
        stateMachineArn: start.machineArn,
        name: executionName,
        status,
        startDate: new Date(start.startedMs),
        stopDate: new Date(stoppedMs),
        input: input.text,
        inputDetails: { included: true },
        ...(result.status === 'SUCCEEDED'
          ? { output: JSON.stringify(result.output), outputDetails: { included: true } }
          : { error: result.error, cause: result.cause }),
        billingDetails: {
          billedDurationInMilliseconds: Math.ceil(durationMs / BILLED_STEP_MS) * BILLED_STEP_MS,
          billedMemoryUsedInMB: BILLED_STEP_MB,
        },
      };
    },
  );
}
