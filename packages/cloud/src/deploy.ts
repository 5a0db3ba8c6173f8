import { defaultBackoff } from './backoff.ts';
import { type Bundle, bundleFunction } from './bundle/bundle.ts';
import type { CloudClients } from './clients.ts';
import type { AppDeclaration } from './declaration/app.ts';
import type { FunctionDeclaration } from './declaration/function.ts';
import { CloudError, CloudUsageError } from './errors.ts';
import { explainError } from './explain-error.ts';
import { identify } from './identify.ts';
import { requireImages } from './image/require-images.ts';
import { type InvokableRoute, invokableRoutes } from './invoke-urls.ts';
import { type AppNames, type Identity, namesOf } from './names.ts';
import { resolvedEnvironment } from './references.ts';
import type { Inspection, Resource, ResourceContext } from './resources/resource.ts';
import { resourcesOf } from './resources/resources-of.ts';
import { tagsOf } from './tags.ts';

/** What happens, or would happen, to one resource. */
export interface DeployStep {
  readonly type: Resource['type'];
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** What differed, or what is made beyond what its name says; empty where unchanged. */
  readonly changes: readonly string[];
}

export interface CloudCallOptions {
  readonly signal: AbortSignal;
  /** Waiting between attempts; the default waits for real. */
  readonly backoff?: ResourceContext['backoff'];
  /** Told of what takes a while, such as the build of an image, before it is done. */
  readonly onProgress?: ResourceContext['onProgress'];
}

export interface DeployResult<D extends AppDeclaration = AppDeclaration> {
  readonly identity: Identity;
  readonly names: AppNames<D>;
  readonly steps: readonly DeployStep[];
  /** False where everything was as declared already. */
  readonly changed: boolean;
  /** Where the routes of the app's APIs are served. In a plan, those of APIs that exist. */
  readonly routes: readonly InvokableRoute[];
}

/**
 * Makes a target be as declared. Everything is looked at before anything is changed, so that a name that is somebody else's
 * stops the deploy while nothing has happened. May be run again at any time: what is there already stays, what a killed deploy
 * left half-done is finished.
 *
 * @throws CloudUsageError where the person can set it right, CloudError for a refusal of the target. What was made by then stays,
 * for the next deploy to go on with or destroy to remove.
 */
export async function deploy<D extends AppDeclaration>(
  declaration: D,
  clients: CloudClients,
  options: CloudCallOptions & { readonly onStep?: (step: DeployStep) => void },
): Promise<DeployResult<D>> {
  await requireImages(declaration, clients.target, options.signal);
  return conversation(declaration, clients, options, async (context) => {
    const steps: DeployStep[] = [];
    for (const { resource, inspection } of await inspectAll(context)) {
      options.signal.throwIfAborted();
      if (inspection.action !== 'unchanged') {
        await inspection.apply().catch(async (error: unknown) => {
          options.signal.throwIfAborted();
          throw await failureOf(resource, error, steps, clients);
        });
      }
      const step = stepOf(resource, inspection);
      options.onStep?.(step);
      steps.push(step);
    }
    return resultOf(declaration, context, steps);
  });
}

/** What deploy would do; changes nothing. */
export async function planDeploy<D extends AppDeclaration>(
  declaration: D,
  clients: CloudClients,
  options: CloudCallOptions,
): Promise<DeployResult<D>> {
  await requireImages(declaration, clients.target, options.signal);
  return conversation(declaration, clients, options, async (context) => {
    const inspected = await inspectAll(context);
    const steps = inspected.map(({ resource, inspection }) => stepOf(resource, inspection));
    return resultOf(declaration, context, steps);
  });
}

/**
 * Runs a conversation with a target about the resources of an app; what the SDK throws comes out as a sentence, a stop as its reason.
 */
export async function conversation<T>(
  declaration: AppDeclaration,
  clients: CloudClients,
  { signal, backoff = defaultBackoff, onProgress = () => {} }: CloudCallOptions,
  talk: (context: ResourceContext) => Promise<T>,
): Promise<T> {
  const identity = await identify(clients, signal);
  const names = namesOf(declaration, identity);
  const bundles = new Map<string, Promise<Bundle>>();
  const bundle = (fn: FunctionDeclaration): Promise<Bundle> => {
    const compileCache = fn.compileCache && { environment: resolvedEnvironment(names, fn), signal };
    // Functions of the same code have one bundle; what loading the code compiles may depend on the environment.
    const key = JSON.stringify([fn.entryPoint, compileCache?.environment]);
    const bundled = bundles.get(key) ?? bundleFunction(fn.entryPoint, declaration.platform, compileCache);
    bundles.set(key, bundled);
    return bundled;
  };
  try {
    return await talk({
      ...identity,
      clients,
      declaration,
      names,
      tags: tagsOf(declaration),
      backoff,
      signal,
      onProgress,
      bundle,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw await explainError(error, clients.target, process.env);
  }
}

interface Inspected {
  readonly resource: Resource;
  readonly inspection: Inspection;
}

function inspectAll(context: ResourceContext): Promise<readonly Inspected[]> {
  const resources = resourcesOf(context);
  return Promise.all(resources.map(async (resource) => ({ resource, inspection: await resource.inspect() })));
}

/** Names what failed, and what is there because of this deploy. */
async function failureOf(
  { type, name }: Resource,
  error: unknown,
  steps: readonly DeployStep[],
  { target }: CloudClients,
): Promise<Error> {
  const cause = await explainError(error, target, process.env);
  const made = steps
    .filter(({ outcome }) => outcome === 'created')
    .map((step) => `${step.type} ${step.name}`);
  const rest =
    made.length === 0
      ? 'Nothing was made before it.'
      : `Made before it, and kept for the next deploy to go on with or destroy to remove: ${made.join(', ')}.`;
  const message = `${type} ${name}: ${cause.message}\n${rest}`;
  return cause instanceof CloudUsageError
    ? new CloudUsageError(message, { cause })
    : new CloudError(message, { cause });
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

async function resultOf<D extends AppDeclaration>(
  declaration: D,
  context: ResourceContext,
  steps: readonly DeployStep[],
): Promise<DeployResult<D>> {
  const { accountId, partition, region } = context;
  const identity = { accountId, partition, region };
  return {
    identity,
    names: namesOf(declaration, identity),
    steps,
    changed: steps.some(({ outcome }) => outcome !== 'unchanged'),
    routes: await invokableRoutes(context),
  };
}
