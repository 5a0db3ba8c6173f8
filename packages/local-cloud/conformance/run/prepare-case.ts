import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { RecordedCase } from '../recorded-case.ts';
import type { Account } from './clients.ts';
import { BehaviourFunctions } from './functions.ts';
import { type RunValues, unknownValues, withRunValues } from './run-values.ts';
import { setUp } from './set-up.ts';

/** A case whose texts name what is there in this run, or why it cannot be had: `setup` is a hint, not a script. */
export type PreparedCase =
  | { readonly kind: 'ready'; readonly recorded: RecordedCase }
  | { readonly kind: 'not applicable'; readonly reason: string };

/** Makes the functions, buckets, objects, tables and state machines that a case uses, as far as the recording says what they are. */
export async function prepareCase(recorded: RecordedCase, account: Account): Promise<PreparedCase> {
  const values = new Map([...accountValues(account), ['<random_arn_part>', 'X'], ...startTime(recorded)]);
  for (const [placeholder, behaviour] of Object.entries(recorded.lambdas)) {
    const unknown = BehaviourFunctions.unknown(behaviour);
    if (unknown !== undefined) return { kind: 'not applicable', reason: unknown };
    values.set(placeholder, await account.functions.nameOf(behaviour));
  }
  const reason = await setUp(recorded, account, values);
  if (reason !== undefined) return { kind: 'not applicable', reason };

  const targets = await otherMachines(recorded, account, values);
  const forRequests = new Map([...values, ...targets]);
  const definition = caseDefinition.parse(withRunValues(recorded.definition, forRequests));
  const input = withRunValues(recorded.input, forRequests);
  const [unknown] = unknownValues(definition, input);
  if (unknown !== undefined) {
    return { kind: 'not applicable', reason: `only the recorded run knew \`${unknown}\`` };
  }
  // ARNs of the recording may be those of either machine, so their placeholders stay.
  return {
    kind: 'ready',
    recorded: { ...recorded, definition, input, expected: expectedWith(recorded, values) },
  };
}

function accountValues({ cloud }: Account): [string, string][] {
  return [
    ['<partition>', 'aws'],
    ['<region>', cloud.region],
    ['111111111111', cloud.accountId],
  ];
}

/** A case that is only to be refused: its definition needs no more than ARNs of this account. */
export function withAccountValues(recorded: RecordedCase, account: Account): RecordedCase {
  const { region, accountId } = account.cloud;
  const activity = `arn:aws:states:${region}:${accountId}:activity:none`;
  const values = new Map([...accountValues(account), ['activity_arn', activity] as const]);
  return { ...recorded, definition: caseDefinition.parse(withRunValues(recorded.definition, values)) };
}

const caseDefinition = z.record(z.string(), z.json());

function expectedWith({ expected }: RecordedCase, values: RunValues): RecordedCase['expected'] {
  // A JSON value in, the same shape out.
  return withRunValues(z.json().parse(expected), values) as RecordedCase['expected'];
}

/** A time soon after the start, spelled as the test's parameter says: `test_wait_timestamppath[.000000Z]`. */
function startTime({ id, definition, input }: RecordedCase): [string, string][] {
  if (!unknownValues(definition, input).includes('<timestamp>')) return [];
  const [, suffix = 'Z'] = /\[([^\]]*)\]$/.exec(id) ?? [];
  const soon = new Date(Date.now() + 2_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return [['<timestamp>', `${soon}${suffix}`]];
}

const machine = z.looseObject({
  arn: z.string(),
  type: z.enum(['STANDARD', 'EXPRESS']),
  definition: z.record(z.string(), z.json()),
});

/** The machines that the case starts, under the placeholders of their names. */
async function otherMachines(
  { other_machines }: RecordedCase,
  account: Account,
  values: RunValues,
): Promise<[string, string][]> {
  return Promise.all(
    other_machines.map(async (other) => {
      const { arn, type, definition } = machine.parse(other);
      const name = account.uniqueName();
      await account.states.send(
        new CreateStateMachineCommand({
          name,
          type,
          roleArn: account.roleArn,
          definition: JSON.stringify(withRunValues(definition, values)),
        }),
      );
      return [arn.split(':').at(-1) ?? '', name] as [string, string];
    }),
  );
}
