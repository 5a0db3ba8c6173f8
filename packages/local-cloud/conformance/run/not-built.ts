import { isObject } from '../compare/json-text.ts';

/**
 * What the embedded Step Functions is said not to have, found in a definition without asking it: a machine that it refuses for
 * another reason is a failure, and so is one of these that it takes.
 */
export function findNotBuilt(definition: unknown): string | undefined {
  for (const state of statesOf(definition)) {
    const found = RULES.find(({ applies }) => applies(state));
    if (found !== undefined) return found.what;
  }
  return undefined;
}

type State = Readonly<Record<string, unknown>>;

const HEARTBEATS = ['HeartbeatSeconds', 'HeartbeatSecondsPath'];
const DISTRIBUTED_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];
const INTEGRATIONS = [
  /^lambda:invoke$/,
  /^states:startExecution(\.sync(:2)?)?$/,
  /^dynamodb:\w+$/,
  /^aws-sdk:(dynamodb|lambda|s3|sfn):\w+$/,
];

const RULES: readonly { readonly what: string; readonly applies: (state: State) => boolean }[] = [
  {
    what: 'distributed Map',
    applies: (state) =>
      DISTRIBUTED_FIELDS.some((field) => field in state) ||
      ['ItemProcessor', 'Iterator'].some((field) => modeOf(state[field]) === 'DISTRIBUTED'),
  },
  { what: 'task token', applies: (state) => resourceOf(state).endsWith('.waitForTaskToken') },
  { what: 'task token', applies: (state) => /:sfn:sendTask\w+$/.test(resourceOf(state)) },
  {
    what: 'activity',
    applies: (state) => /:states:[^:]*:\d*:activity:|^activity_arn$|:sfn:\w+Activity/.test(resourceOf(state)),
  },
  { what: 'heartbeat', applies: (state) => HEARTBEATS.some((field) => field in state) },
  {
    what: 'integration of another service',
    applies: (state) => {
      const [, integration] = /^arn:[^:]+:states:[^:]*:[^:]*:(.+)$/.exec(resourceOf(state)) ?? [];
      return integration !== undefined && !INTEGRATIONS.some((pattern) => pattern.test(integration));
    },
  },
];

function resourceOf(state: State): string {
  return typeof state['Resource'] === 'string' ? state['Resource'] : '';
}

function modeOf(processor: unknown): unknown {
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  return isObject(config) ? config['Mode'] : undefined;
}

function* statesOf(machine: unknown): Generator<State> {
  if (!isObject(machine) || !isObject(machine['States'])) return;
  for (const state of Object.values(machine['States'])) {
    if (!isObject(state)) continue;
    yield state;
    for (const branch of Array.isArray(state['Branches']) ? state['Branches'] : []) yield* statesOf(branch);
    for (const member of ['ItemProcessor', 'Iterator']) yield* statesOf(state[member]);
  }
}
