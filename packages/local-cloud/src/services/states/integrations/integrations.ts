import type { FunctionInvoker, OperationCaller } from '../../../server/ports.ts';
import { awsSdkOperation } from './aws-sdk.ts';
import { dynamodbOperation } from './dynamodb.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { type ChildExecutions, startExecution } from './start-execution.ts';

export interface IntegrationPorts {
  readonly functions: FunctionInvoker;
  readonly operations: OperationCaller;
  readonly waitFor: ChildExecutions['waitFor'];
}

export type Integrations = ReturnType<typeof integrations>;

/**
 * What stands behind the Resource of Task states. Activities, task tokens (`.waitForTaskToken`) and the integrations of other
 * services would get their entries here.
 */
export function integrations(ports: IntegrationPorts) {
  const { functions, operations } = ports;
  const found = new Map<string, Promise<Integration | undefined> | Integration | undefined>();
  const functionItself = lambdaFunction(functions);
  const named: ReadonlyMap<string, Integration> = new Map([
    ['lambda:invoke', lambdaInvoke(functions, operations)],
    ['states:startExecution', startExecution(ports, 'requestResponse')],
    ['states:startExecution.sync', startExecution(ports, 'sync')],
    ['states:startExecution.sync:2', startExecution(ports, 'sync:2')],
  ]);

  async function ofService(resource: string): Promise<Integration | undefined> {
    const [, integration = ''] = /^arn:aws[a-z-]*:states:::(.+)$/.exec(resource) ?? [];
    const [service = '', first = '', second] = integration.split(':');
    if (service === 'dynamodb' && second === undefined) return dynamodbOperation(operations, first);
    if (service === 'aws-sdk' && second !== undefined) return awsSdkOperation(operations, first, second);
    return named.get(integration);
  }

  return {
    /** Undefined for a resource that is not implemented. At once for one that was found; a few hundred are remembered. */
    find(resource: string): Promise<Integration | undefined> | Integration | undefined {
      if (/^arn:aws[a-z-]*:lambda:/.test(resource)) return functionItself;
      if (found.has(resource)) return found.get(resource);
      if (found.size >= MAXIMUM_REMEMBERED) found.clear();
      const finding = ofService(resource).then((integration) => {
        found.set(resource, integration);
        return integration;
      });
      found.set(resource, finding);
      return finding;
    },
  };
}

const MAXIMUM_REMEMBERED = 500;
