import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type {
  CreateStateMachineCommandOutput,
  ListStateMachinesCommandOutput,
  UpdateStateMachineCommandOutput,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { checkDefinition } from './definition-check.ts';
import {
  invalidLogging,
  invalidRoleArn,
  machineAlreadyExists,
  missingParameter,
  STATES_VALIDATION,
  tooManyTags,
} from './errors.ts';
import { arn, checkName, maxResults, name, pageToken, tags } from './input-members.ts';
import { type Logging, logGroupOf, loggingSchema, NO_LOGGING } from './logging-configuration.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import type { MachineType, Revision, StateMachine } from './state-machines.ts';
import { findMachine, type StatesCore } from './states-core.ts';
import { MAXIMUM_TAGS, withoutRepeats } from './tag-operations.ts';

const MAXIMUM_DEFINITION_CHARACTERS = 1024 * 1024;
const definition = z.string().min(1).max(MAXIMUM_DEFINITION_CHARACTERS);
const tracingConfiguration = z.strictObject({ enabled: z.boolean().default(false) }).optional();
const listToken = z.strictObject({ name: z.string() });
const type = z.enum(['STANDARD', 'EXPRESS']).default('STANDARD');

const createSchema = z.strictObject({
  name,
  definition,
  roleArn: arn,
  type,
  loggingConfiguration: loggingSchema.optional(),
  tracingConfiguration,
  tags: tags.default([]),
  publish: z.boolean().optional(),
});

const updateSchema = z.strictObject({
  stateMachineArn: arn,
  definition: definition.optional(),
  roleArn: arn.optional(),
  loggingConfiguration: loggingSchema.optional(),
  tracingConfiguration,
  publish: z.boolean().optional(),
});

export function machineOperations(core: StatesCore) {
  const { arns, machines } = core;
  return {
    CreateStateMachine: validatedOperation(
      STATES_VALIDATION,
      'CreateStateMachine',
      createSchema,
      async (input): Promise<Output<CreateStateMachineCommandOutput>> => {
        refusePublish('CreateStateMachine', input.publish);
        checkName(input.name);
        const stateMachineArn = arns.machine(input.name);
        const unique = withoutRepeats(input.tags);
        if (unique.length > MAXIMUM_TAGS) throw tooManyTags(stateMachineArn);
        const asked: Revision = {
          roleArn: input.roleArn,
          definition: input.definition,
          logging: input.loggingConfiguration ?? NO_LOGGING,
          isTraced: input.tracingConfiguration?.enabled ?? false,
        };
        await check(core, 'CreateStateMachine', input.type, asked);
        const existing = machines.find(input.name);
        if (existing !== undefined) {
          // Neither role nor tags are part of what AWS compares, and those that are there stay.
          const isRepeated =
            existing.type === input.type && isSame(existing, { ...asked, roleArn: existing.roleArn });
          if (!isRepeated) throw machineAlreadyExists(stateMachineArn);
        }
        const machine = existing ?? machines.create(input.name, input.type, asked, unique);
        return { stateMachineArn, creationDate: new Date(machine.createdMs) };
      },
    ),

    UpdateStateMachine: validatedOperation(
      STATES_VALIDATION,
      'UpdateStateMachine',
      updateSchema,
      async (input): Promise<Output<UpdateStateMachineCommandOutput>> => {
        refusePublish('UpdateStateMachine', input.publish);
        const { stateMachineArn, definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
        const before = findMachine(core, stateMachineArn);
        if (
          [definition, roleArn, loggingConfiguration, tracingConfiguration].every(
            (given) => given === undefined,
          )
        ) {
          throw missingParameter(
            'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
          );
        }
        const asked: Revision = {
          roleArn: roleArn ?? before.roleArn,
          definition: definition ?? before.definition,
          logging: loggingConfiguration ?? before.logging,
          isTraced: tracingConfiguration?.enabled ?? before.isTraced,
        };
        await check(core, 'UpdateStateMachine', before.type, asked);
        // The check waited: the machine may be gone or changed by now.
        const current = findMachine(core, stateMachineArn);
        const machine = isSame(current, asked) ? current : machines.update(current, randomUUID(), asked);
        return {
          ...(machine.revisionId !== undefined && { revisionId: machine.revisionId }),
          updateDate: new Date(machine.updatedMs),
        };
      },
    ),

    ListStateMachines: validatedOperation(
      STATES_VALIDATION,
      'ListStateMachines',
      z.strictObject({ maxResults, nextToken: pageToken.optional() }),
      ({ maxResults, nextToken }): Output<ListStateMachinesCommandOutput> => {
        const limit = maxResults || 100;
        const from = nextToken === undefined ? '' : decodePageToken(nextToken, listToken).name;
        const found = machines.list(from, limit + 1);
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          stateMachines: page.map((machine) => ({
            stateMachineArn: arns.machine(machine.name),
            name: machine.name,
            type: machine.type,
            creationDate: new Date(machine.createdMs),
          })),
          ...(found.length > limit &&
            last !== undefined && { nextToken: encodePageToken({ name: last.name }) }),
        };
      },
    ),

    DeleteStateMachine: validatedOperation(
      STATES_VALIDATION,
      'DeleteStateMachine',
      z.strictObject({ stateMachineArn: arn }),
      async ({ stateMachineArn }): Promise<void> => {
        const machine = machines.find(arns.parseMachine(stateMachineArn));
        // As on AWS it is no mistake to delete what is not there.
        if (machine === undefined) return;
        // First of all none can start any more.
        machines.delete(machine);
        await core.executions.stopAllOf(machine);
      },
    ),
  } satisfies Record<string, Operation>;
}

function refusePublish(operationName: string, publish: boolean | undefined): void {
  if (publish === true) throw notImplemented('states', operationName, 'publish: versions of state machines');
}

async function check(
  core: StatesCore,
  operationName: string,
  type: MachineType,
  { roleArn, definition, logging }: Revision,
): Promise<void> {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(roleArn)) throw invalidRoleArn(roleArn);
  await checkDefinition(definition, type, core.integrations, operationName);
  await checkLogGroup(core, logging);
}

const foundGroups = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });

async function checkLogGroup({ operations }: StatesCore, logging: Logging): Promise<void> {
  const group = logGroupOf(logging);
  if (group === undefined) return;
  const { logGroups } = foundGroups.parse(
    await operations.call('logs', 'DescribeLogGroups', { logGroupNamePrefix: group, limit: 1 }, randomUUID()),
  );
  // The first with this prefix, in order of name, is the group itself if it exists.
  if (logGroups[0]?.logGroupName !== group) throw invalidLogging('Log Destination not found.');
}

function isSame({ roleArn, definition, logging, isTraced }: StateMachine, asked: Revision): boolean {
  return isDeepStrictEqual({ roleArn, definition, logging, isTraced }, asked);
}
