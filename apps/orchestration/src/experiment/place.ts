import { type AppNames, type CloudClients, namesOf, planDeploy } from '@skyground/cloud';
import type { CloudSession, RunContext } from '@skyground/experiment';
import { orchestrationDeclaration } from '../declaration.ts';
import type { Parameters, WorkflowType } from './parameters.ts';
import { workflowsOf } from './points.ts';
import type { Sample } from './sample.ts';

/** Where and through what executions are started. */
export interface Place {
  readonly clients: CloudClients;
  /** `POST /experiment`. */
  readonly apiUrl: string;
  readonly sweepMachineArns: Readonly<Record<WorkflowType, string>>;
  readonly functions: AppNames<ReturnType<typeof orchestrationDeclaration>>['functions'];
  readonly expressLogGroup: string;
  readonly memoryMb: { readonly probe: number; readonly trigger: number };
  readonly architecture: Sample['architecture'];
  readonly targetLabel: string;
}

export function declarationOf(
  parameters: Parameters,
  { settings, target }: Pick<CloudSession, 'settings' | 'target'>,
) {
  return orchestrationDeclaration(settings, target, workflowsOf(parameters));
}

/** The deployed app by its names; the API's URL is asked for, since AWS chose its id. */
export async function placeOf(context: RunContext<Parameters, Sample>): Promise<Place> {
  const { cloud, parameters, signal, targetLabel } = context;
  if (cloud === undefined)
    throw new Error('The cloud side was not opened: run this experiment by its runner.');
  const { clients, identity } = cloud;
  const declaration = declarationOf(parameters, cloud);
  const { functions, stateMachines } = namesOf(declaration, identity);
  const { routes } = await planDeploy(declaration, clients, { signal });
  const route = routes.find(({ method, url }) => method === 'POST' && url.endsWith('/experiment'));
  if (route === undefined) {
    throw new Error(
      `expected the API of ${declaration.prefix}-${declaration.app} to serve POST /experiment after the deployment, found ${routes.length} other routes. Run it again: deploying makes what is missing.`,
    );
  }
  return {
    clients,
    apiUrl: route.url,
    sweepMachineArns: {
      STANDARD: stateMachines.sweepStandard.arn,
      EXPRESS: stateMachines.sweepExpress.arn,
    },
    functions,
    expressLogGroup: stateMachines.sweepExpress.logGroup,
    memoryMb: {
      probe: declaration.functions.probe.memoryMb,
      trigger: declaration.functions.trigger.memoryMb,
    },
    architecture: declaration.architecture === 'arm64' ? 'arm64' : 'x86_64',
    targetLabel,
  };
}
