import { type Diagnostic, parseDefinition } from '@skyground/asl';
import { notImplemented } from '../../errors.ts';
import { invalidDefinition } from './errors.ts';
import type { Integrations } from './integrations/integrations.ts';
import { nameProblems } from './integrations/parameters.ts';
import { isObject, readJson } from './read-json.ts';
import type { MachineType } from './state-machines.ts';
import { type TaskState, taskStates } from './task-states.ts';

/** What AWS has and this cloud has not, as the language's own check marks it too. */
const NOT_IMPLEMENTED = 'NOT_IMPLEMENTED';

/** What is wrong with a definition, in AWS's words where it is AWS that would refuse it; nothing if it can be run here. */
export async function diagnose(
  definition: string,
  type: MachineType,
  integrations: Integrations,
): Promise<readonly Diagnostic[]> {
  const incomplete = diagnoseTop(definition);
  if (incomplete !== undefined) return [incomplete];
  const tasks = [...taskStates(definition)];
  const refused = type === 'EXPRESS' ? tasks.flatMap(refusedByExpress) : [];
  if (refused.length > 0) return refused;
  const parsed = parseDefinition(definition);
  if (!parsed.ok) return parsed.diagnostics;
  return (await Promise.all(tasks.map((task) => diagnoseTask(task, integrations)))).flat();
}

/** As recorded. What is no JSON at all is left to the language's own reader. */
function diagnoseTop(definition: string): Diagnostic | undefined {
  if (definition === '') return failed('Definition must be a valid JSON object', undefined);
  const machine = readJson(definition);
  if (!isObject(machine)) return undefined;
  const missing = ['States', 'StartAt'].filter((name) => !Object.hasOwn(machine, name));
  if (missing.length === 0) return undefined;
  return failed(`These fields are required: [${missing.join(', ')}]`, '/');
}

/** As recorded, the blank at the end of the first too. */
function refusedByExpress({ resource, location }: TaskState): Diagnostic[] {
  const refuse = (what: string) => [
    failed(`Express state machine does not support ${what}`, `${location}/Resource`),
  ];
  if (resource.endsWith('.waitForTaskToken')) return refuse("'.waitForTaskToken' service integration ");
  if (/\.sync(:2)?$/.test(resource)) return refuse("'.sync' service integration");
  if (/^arn:[^:]+:states:[^:]+:\d{12}:activity:/.test(resource)) return refuse('Activity ARN');
  return [];
}

async function diagnoseTask(
  { name, location, resource, parameters }: TaskState,
  integrations: Integrations,
): Promise<Diagnostic[]> {
  if (!/^arn:aws[a-z-]*:(states|lambda):/.test(resource)) {
    return [
      failed(
        `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
        `${location}/Resource`,
      ),
    ];
  }
  const integration = await integrations.find(resource);
  if (integration === undefined) {
    const message = `the resource ${resource} of the state ${name}`;
    return [{ severity: 'ERROR', code: NOT_IMPLEMENTED, message, location: `${location}/Resource` }];
  }
  if (integration.parameters === undefined || parameters === undefined) return [];
  // A JSONPath parameter's name ends in `.$` when its value is a path.
  const given = Object.keys(parameters.value).map((key) => key.replace(/\.\$$/, ''));
  const where = `${location}/${parameters.member}`;
  return nameProblems(given, integration.parameters).map((problem) => failed(problem, where));
}

function failed(message: string, location: string | undefined): Diagnostic {
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

/** Throws InvalidDefinition for what AWS would refuse, and NotImplemented, with its name, for what AWS would take. */
export async function checkDefinition(
  definition: string,
  type: MachineType,
  integrations: Integrations,
  operationName: string,
): Promise<void> {
  const diagnostics = await diagnose(definition, type, integrations);
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  const lacking = errors.find(({ code }) => code === NOT_IMPLEMENTED);
  if (lacking !== undefined) {
    throw notImplemented('states', operationName, `${lacking.message}${placeOf(lacking)}`);
  }
  if (errors.length > 0) {
    throw invalidDefinition(
      errors.map((error) => `${error.code}: ${error.message}${placeOf(error)}`).join(', '),
    );
  }
}

function placeOf({ location }: Diagnostic): string {
  return location === undefined ? '' : ` at ${location}`;
}
