import { type CloudClients, namesOf, planDeploy } from '@skyground/cloud';
import type { RunContext } from '@skyground/experiment';
import { apiFunction, deployment } from './deployment.ts';
import type { Parameters } from './parameters.ts';
import type { Sample } from './sample.ts';

export type Context = RunContext<Parameters, Sample>;

export interface FunctionPlace {
  readonly key: string;
  readonly name: string;
  readonly logGroup: string;
  readonly memoryMb: number;
}

/** What was deployed, and where it answers. */
export interface Place {
  readonly clients: CloudClients;
  readonly apiUrl: string;
  readonly api: FunctionPlace;
  function(key: string): FunctionPlace;
  /** Columns that are the same in every row. */
  readonly shared: Pick<Sample, 'targetLabel' | 'priceRegion' | 'architecture'>;
}

/** Throws where the runner has opened no cloud, or has not deployed. */
export async function placeOf({ parameters, cloud, targetLabel, signal }: Context): Promise<Place> {
  if (cloud === undefined) throw new Error('The cloud was not opened: run this experiment by its runner.');
  const { clients, settings, target, identity, priceRegion } = cloud;
  const declaration = deployment(parameters, settings, target);
  const names = namesOf(declaration, identity);
  const { routes } = await planDeploy(declaration, clients, { signal });
  const apiUrl = routes[0]?.url;
  if (apiUrl === undefined) throw new Error('The REST API was deployed, but does not say where it answers.');
  const functionOf = (key: string): FunctionPlace => {
    const named = names.functions[key];
    const declared = declaration.functions[key];
    if (named === undefined || declared === undefined) throw new Error(`No function ${key} was deployed.`);
    return { key, name: named.name, logGroup: named.logGroup, memoryMb: declared.memoryMb };
  };
  return {
    clients,
    apiUrl,
    api: functionOf(apiFunction),
    function: functionOf,
    shared: {
      targetLabel,
      priceRegion,
      architecture: declaration.architecture === 'arm64' ? 'arm64' : 'x86_64',
    },
  };
}
