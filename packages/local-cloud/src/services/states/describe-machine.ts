import type {
  DescribeStateMachineCommandOutput,
  DescribeStateMachineForExecutionCommandOutput,
  ValidateStateMachineDefinitionCommandOutput,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { diagnose } from './definition-check.ts';
import { STATES_VALIDATION } from './errors.ts';
import { findExecution } from './execution-operations.ts';
import { arn } from './input-members.ts';
import type { StateMachine } from './state-machines.ts';
import { findMachine, type StatesCore } from './states-core.ts';

const MAXIMUM_DIAGNOSTICS = 100;

export function describeMachineOperations(core: StatesCore) {
  const { arns } = core;
  return {
    DescribeStateMachine: validatedOperation(
      STATES_VALIDATION,
      'DescribeStateMachine',
      z.strictObject({ stateMachineArn: arn }),
      ({ stateMachineArn }): Output<DescribeStateMachineCommandOutput> => {
        const machine = findMachine(core, stateMachineArn);
        return {
          ...described(machine),
          stateMachineArn: arns.machine(machine.name),
          status: 'ACTIVE',
          type: machine.type,
          creationDate: new Date(machine.createdMs),
        };
      },
    ),

    DescribeStateMachineForExecution: validatedOperation(
      STATES_VALIDATION,
      'DescribeStateMachineForExecution',
      z.strictObject({ executionArn: arn }),
      ({ executionArn }): Output<DescribeStateMachineForExecutionCommandOutput> => {
        const execution = findExecution(core, executionArn);
        const machine = core.machines.atRevision(execution.revision);
        return {
          ...described(machine),
          stateMachineArn: arns.machine(machine.name),
          updateDate: new Date(machine.updatedMs),
        };
      },
    ),

    ValidateStateMachineDefinition: validatedOperation(
      STATES_VALIDATION,
      'ValidateStateMachineDefinition',
      z.strictObject({
        definition: z.string().max(1024 * 1024),
        type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
        severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
        maxResults: z.number().int().min(0).max(MAXIMUM_DIAGNOSTICS).optional(),
      }),
      async ({
        definition,
        type,
        severity,
        maxResults,
      }): Promise<Output<ValidateStateMachineDefinitionCommandOutput>> => {
        const all = await diagnose(definition, type, core.integrations);
        const asked = all.filter((found) => severity === 'WARNING' || found.severity === 'ERROR');
        const shown = asked.slice(0, maxResults || MAXIMUM_DIAGNOSTICS);
        return {
          result: all.some((found) => found.severity === 'ERROR') ? 'FAIL' : 'OK',
          diagnostics: shown.map(({ location, ...found }) => ({
            ...found,
            ...(location !== undefined && { location }),
          })),
          truncated: shown.length < asked.length,
        };
      },
    ),
  } satisfies Record<string, Operation>;
}

function described({ name, definition, roleArn, logging, isTraced, revisionId }: StateMachine) {
  return {
    name,
    definition,
    roleArn,
    loggingConfiguration: logging,
    tracingConfiguration: { enabled: isTraced },
    ...(revisionId !== undefined && { revisionId }),
  };
}
