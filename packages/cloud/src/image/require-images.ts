import type { Target } from '../config/target.ts';
import type { AppDeclaration } from '../declaration/app.ts';
import { CloudUsageError } from '../errors.ts';
import { requireDockerEngine } from './docker.ts';

/**
 * Where functions are to be deployed as images: sees that it can be done here, before anything is sent or made.
 * @throws CloudUsageError that names what is missing.
 */
export async function requireImages(
  declaration: AppDeclaration,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  const { functions, package: packaging } = declaration;
  if (packaging !== 'image' || Object.values(functions).every(({ dockerfile }) => dockerfile === undefined))
    return;
  if (target.kind !== 'aws') {
    throw new CloudUsageError(
      `--package image: expected --target aws, because images are kept in Amazon ECR, which ${target.label} does not have. ` +
        'Leave --package image out: then the same function is deployed as a zip.',
    );
  }
  await requireDockerEngine(signal);
}
