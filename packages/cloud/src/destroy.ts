import type { CloudClients } from './clients.ts';
import type { AppDeclaration } from './declaration/app.ts';
import { type CloudCallOptions, conversation } from './deploy.ts';
import { CloudError } from './errors.ts';
import { explainError } from './explain-error.ts';
import type { RemovalInspection, Resource } from './resources/resource.ts';
import { resourcesOf } from './resources/resources-of.ts';

/** What happened, or would happen, to one resource. */
export interface DestroyStep {
  readonly type: Resource['type'];
  readonly name: string;
  /** `kept`: it exists, but is not ours to delete; `detail` says why. */
  readonly outcome: 'removed' | 'absent' | 'kept';
  readonly detail: string | null;
}

export interface DestroyResult {
  readonly steps: readonly DestroyStep[];
  /** False where nothing was left to remove. */
  readonly changed: boolean;
}

/**
 * Removes exactly what deploy made: what carries our tags, our entries in other people's configuration, our objects in their buckets.
 * May be run again at any time; a resource that cannot be removed does not keep the others from it, and is thrown about at the end.
 */
export async function destroy(
  declaration: AppDeclaration,
  clients: CloudClients,
  options: CloudCallOptions & { readonly onStep?: (step: DestroyStep) => void },
): Promise<DestroyResult> {
  return conversation(withImages(declaration, clients), clients, options, async (context) => {
    const steps: DestroyStep[] = [];
    const failures: Error[] = [];
    for (const resource of resourcesOf(context).toReversed()) {
      options.signal.throwIfAborted();
      try {
        const step = await remove(resource);
        options.onStep?.(step);
        steps.push(step);
      } catch (error) {
        options.signal.throwIfAborted();
        const { message } = await explainError(error, clients.target, process.env);
        failures.push(new CloudError(`${resource.type} ${resource.name}: ${message}`, { cause: error }));
      }
    }
    if (failures.length > 0) {
      const list = failures.map(({ message }) => message).join('\n');
      throw new CloudError(
        `Not everything could be removed; run destroy again when this is set right:\n${list}`,
        {
          cause: new AggregateError(failures),
        },
      );
    }
    return resultOf(steps);
  });
}

/** What destroy would do; changes nothing. */
export async function planDestroy(
  declaration: AppDeclaration,
  clients: CloudClients,
  options: CloudCallOptions,
): Promise<DestroyResult> {
  return conversation(withImages(declaration, clients), clients, options, async (context) => {
    const resources = resourcesOf(context).toReversed();
    const steps = await Promise.all(
      resources.map(async (resource) => stepOf(resource, await resource.inspectRemoval())),
    );
    return resultOf(steps);
  });
}

/** Where there is ECR, what a deploy of images left there is looked for, however the next one would send the code. */
function withImages(declaration: AppDeclaration, { target }: CloudClients): AppDeclaration {
  return target.kind === 'aws' ? { ...declaration, package: 'image' } : declaration;
}

async function remove(resource: Resource): Promise<DestroyStep> {
  const inspection = await resource.inspectRemoval();
  const step = stepOf(resource, inspection);
  if (inspection.action !== 'remove') return step;
  const removed = await inspection.apply();
  return { ...step, detail: removed ?? null };
}

function stepOf({ type, name }: Resource, inspection: RemovalInspection): DestroyStep {
  switch (inspection.action) {
    case 'absent':
      return { type, name, outcome: 'absent', detail: null };
    case 'keep':
      return { type, name, outcome: 'kept', detail: inspection.reason };
    case 'remove':
      return { type, name, outcome: 'removed', detail: inspection.detail };
  }
}

function resultOf(steps: readonly DestroyStep[]): DestroyResult {
  return { steps, changed: steps.some(({ outcome }) => outcome === 'removed') };
}
