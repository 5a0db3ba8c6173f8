import { defaultBackoff } from './backoff.ts';
import { type Bundle, bundleFunction } from './bundle/bundle.ts';
import type { CloudClients } from './clients.ts';
import type { AppDeclaration } from './declaration.ts';
import { explainError } from './explain-error.ts';
import { identify } from './identify.ts';
import { type AppNames, type Identity, namesOf, tagsOf } from './names.ts';
import { resourcesOf } from './resources/all.ts';
import type { Inspection, Resource, ResourceContext } from './resources/resource.ts';

/** What happens, or would happen, to one resource. */
export interface DeployStep {
  readonly type: Resource['type'];
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** One phrase each; empty where unchanged. */
  readonly changes: readonly string[];
}

export interface CloudCallOptions {
  readonly signal: AbortSignal;
  /** Waiting between attempts; the default waits for real. */
  readonly backoff?: ResourceContext['backoff'];
}

export interface DeployResult {
  readonly identity: Identity;
  readonly names: AppNames;
  readonly steps: readonly DeployStep[];
  /** False where everything was as declared already. */
  readonly changed: boolean;
}

/**
 * Makes a target be as declared. Everything is looked at before anything is changed, so that a name that is somebody else's
 * stops the deploy while nothing has happened. May be run again at any time: what is there already stays, what a killed deploy
 * left half-done is finished.
 *
 * @throws CloudUsageError where the person can set it right, CloudError for a refusal of the target.
 */
export async function deploy(
  declaration: AppDeclaration,
  clients: CloudClients,
  options: CloudCallOptions & { readonly onStep?: (step: DeployStep) => void },
): Promise<DeployResult> {
  const { context, bundle } = await prepare(declaration, clients, options);
  return explained(clients, options.signal, async () => {
    const steps: DeployStep[] = [];
    for (const { resource, inspection } of await inspectAll(context, bundle)) {
      options.signal.throwIfAborted();
      if (inspection.action !== 'unchanged') await inspection.apply();
      const step = stepOf(resource, inspection);
      options.onStep?.(step);
      steps.push(step);
    }
    return resultOf(context, steps);
  });
}

/** What deploy would do; changes nothing. */
export async function planDeploy(
  declaration: AppDeclaration,
  clients: CloudClients,
  options: CloudCallOptions,
): Promise<DeployResult> {
  const { context, bundle } = await prepare(declaration, clients, options);
  return explained(clients, options.signal, async () => {
    const inspected = await inspectAll(context, bundle);
    return resultOf(
      context,
      inspected.map(({ resource, inspection }) => stepOf(resource, inspection)),
    );
  });
}

/** Everything that looking at or changing the resources of an app takes. */
export async function prepare(
  declaration: AppDeclaration,
  clients: CloudClients,
  { signal, backoff = defaultBackoff }: CloudCallOptions,
): Promise<{ readonly context: ResourceContext; readonly bundle: () => Promise<Bundle> }> {
  const identity = await identify(clients, signal);
  const names = namesOf(declaration, identity);
  let bundled: Promise<Bundle> | undefined;
  const bundle = (): Promise<Bundle> => {
    bundled ??= bundleFunction(declaration.function.entryPoint, declaration.function.platform);
    return bundled;
  };
  return {
    context: { ...identity, clients, declaration, names, tags: tagsOf(declaration), backoff, signal },
    bundle,
  };
}

/** Runs a conversation with a target; what the SDK throws comes out as a sentence, a stop as its reason. */
export async function explained<T>(
  clients: CloudClients,
  signal: AbortSignal,
  conversation: () => Promise<T>,
): Promise<T> {
  try {
    return await conversation();
  } catch (error) {
    signal.throwIfAborted();
    throw await explainError(error, clients.target, process.env);
  }
}

interface Inspected {
  readonly resource: Resource;
  readonly inspection: Inspection;
}

function inspectAll(context: ResourceContext, bundle: () => Promise<Bundle>): Promise<readonly Inspected[]> {
  const resources = resourcesOf(context, bundle);
  return Promise.all(resources.map(async (resource) => ({ resource, inspection: await resource.inspect() })));
}

function stepOf(resource: Resource, inspection: Inspection): DeployStep {
  const { type, name } = resource;
  if (inspection.action === 'unchanged') return { type, name, outcome: 'unchanged', changes: [] };
  return {
    type,
    name,
    outcome: inspection.action === 'create' ? 'created' : 'updated',
    changes: inspection.changes,
  };
}

function resultOf(
  { accountId, partition, region, names }: ResourceContext,
  steps: readonly DeployStep[],
): DeployResult {
  const changed = steps.some(({ outcome }) => outcome !== 'unchanged');
  return { identity: { accountId, partition, region }, names, steps, changed };
}
