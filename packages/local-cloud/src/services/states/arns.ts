import type { CloudEnvironment } from '../../server/environment.ts';
import { executionNotFound, invalidArn, machineNotFound } from './errors.ts';

export type Arns = ReturnType<typeof arnsOf>;

/** The names of things in Step Functions, written and read. What an ARN of another account or region names is not found here. */
export function arnsOf({ region, accountId }: CloudEnvironment) {
  const prefix = `arn:aws:states:${region}:${accountId}`;

  return {
    machine: (name: string) => `${prefix}:stateMachine:${name}`,
    execution: (machine: string, name: string) => `${prefix}:execution:${machine}:${name}`,
    express: (machine: string, name: string, id: string) => `${prefix}:express:${machine}:${name}:${id}`,

    /** The machine's name. Versions and aliases (a part more) do not exist. */
    parseMachine(arn: string, notFound = machineNotFound): string {
      const [name, ...qualifiers] = resourceOf(arn, 'stateMachine');
      if (!arn.startsWith(`${prefix}:`) || name === undefined || qualifiers.length > 0) throw notFound(arn);
      return name;
    },

    parseExecution(arn: string): { readonly machine: string; readonly name: string } {
      const [machine, name, ...rest] = resourceOf(arn, 'execution');
      if (!arn.startsWith(`${prefix}:`) || machine === undefined || name === undefined || rest.length > 0) {
        throw executionNotFound(arn);
      }
      return { machine, name };
    },
  };
}

/** What follows the resource type. Throws InvalidArn for what is no ARN of Step Functions, or one of another type. */
function resourceOf(arn: string, expectedType: string): readonly string[] {
  const [scheme, , service, region, account, type, ...resource] = arn.split(':');
  if (scheme !== 'arn') throw invalidArn(`Invalid ARN prefix: ${arn}`);
  if (service !== 'states' || region === undefined || account === undefined || type === undefined) {
    throw invalidArn(arn);
  }
  if (type !== expectedType) throw invalidArn(`Resource type not valid in this context: ${type}`);
  return resource;
}
