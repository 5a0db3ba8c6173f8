import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { ZipFileEntry } from '../bundle/zip.ts';
import type { FunctionDeclaration } from '../declaration/function.ts';
import { CloudUsageError } from '../errors.ts';
import type { ResourceContext } from '../resources/resource.ts';

/** The container image of a function: what it is made of, and its place in ECR. */
export interface FunctionImage {
  /** Absolute path. */
  readonly dockerfile: string;
  /** What the Dockerfile finds in its context: the files of the zip. */
  readonly files: readonly ZipFileEntry[];
  readonly registry: string;
  readonly tag: string;
  /** `<registry>/<repository>:<tag>` */
  readonly uri: string;
}

/** A repository of its own for each function, called as the function is. ECR takes lower-case names alone. */
export function repositoryName(functionName: string): string {
  return functionName.toLowerCase();
}

/** The tag is made of the content, so that an unchanged function has its image in ECR already. The base image's updates are not in it. */
export async function functionImage(
  functionName: string,
  fn: FunctionDeclaration & { readonly dockerfile: string },
  { accountId, bundle, declaration, partition, region }: ResourceContext,
): Promise<FunctionImage> {
  const { dockerfile } = fn;
  const { files, codeSha256 } = await bundle(fn);
  const recipe = await readFile(dockerfile).catch((cause: unknown) => {
    throw new CloudUsageError(
      `Function ${functionName}: expected a Dockerfile at ${dockerfile}, but it cannot be read.`,
      { cause },
    );
  });
  const hash = createHash('sha256').update(codeSha256).update(declaration.architecture).update(recipe);
  const tag = hash.digest('hex');
  const registry = `${accountId}.dkr.ecr.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  return { dockerfile, files, registry, tag, uri: `${registry}/${repositoryName(functionName)}:${tag}` };
}
