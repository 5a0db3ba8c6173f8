import { isJsonObject, type JsonObject } from '../json.ts';
import { type Diagnostic, notBuilt } from './diagnostic.ts';
import { readResource } from './resource.ts';

/** Fields that the language has and no workflow here needs; here is where each would be built. */
const FIELDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'Map',
    new Map([
      ['ItemReader', 'ItemReader (distributed Map)'],
      ['ItemBatcher', 'ItemBatcher (distributed Map)'],
      ['ResultWriter', 'ResultWriter (distributed Map)'],
      ['Label', 'Label (distributed Map)'],
    ]),
  ],
  [
    'Task',
    new Map([
      ['HeartbeatSeconds', 'HeartbeatSeconds (heartbeats)'],
      ['HeartbeatSecondsPath', 'HeartbeatSecondsPath (heartbeats)'],
    ]),
  ],
]);

const SDK_SERVICES: ReadonlySet<string> = new Set(['dynamodb', 's3', 'sfn', 'lambda']);
const START_EXECUTION = /^startExecution(\.sync(:2)?)?$/;

/** Names what a state uses that is not built, so that a machine is refused when it is created and not when it runs. */
export function findNotBuilt(state: JsonObject, location: string): Diagnostic[] {
  const type = state['Type'];
  const fields = (typeof type === 'string' ? FIELDS.get(type) : undefined) ?? new Map<string, string>();
  const findings = [...fields]
    .filter(([field]) => field in state)
    .map(([field, what]) => notBuilt(what, `${location}/${field}`));
  if (type === 'Task' && typeof state['Resource'] === 'string') {
    const what = unbuiltResource(state['Resource']);
    if (what !== undefined) findings.push(notBuilt(what, `${location}/Resource`));
  }
  if (type === 'Map') findings.push(...distributedProcessor(state, location));
  return findings;
}

function distributedProcessor(map: JsonObject, location: string): Diagnostic[] {
  return ['ItemProcessor', 'Iterator'].flatMap((field) => {
    const processor = map[field];
    const config = isJsonObject(processor) ? processor['ProcessorConfig'] : undefined;
    if (!isJsonObject(config) || config['Mode'] !== 'DISTRIBUTED') return [];
    return [notBuilt('Distributed Map (Mode DISTRIBUTED)', `${location}/${field}/ProcessorConfig/Mode`)];
  });
}

function unbuiltResource(arn: string): string | undefined {
  const resource = readResource(arn);
  if (resource.kind === 'activity') return `The activity ${arn}`;
  if (resource.kind !== 'integration') return undefined;
  const { service, action } = resource;
  if (action.includes('.waitForTaskToken')) return `The task token pattern (${service}:${action})`;
  const isBuilt = service.startsWith('aws-sdk:')
    ? SDK_SERVICES.has(service.slice('aws-sdk:'.length)) && !action.includes('.')
    : (service === 'lambda' && action === 'invoke') ||
      (service === 'dynamodb' && !action.includes('.')) ||
      (service === 'states' && START_EXECUTION.test(action));
  return isBuilt ? undefined : `The integration ${service}:${action}`;
}
