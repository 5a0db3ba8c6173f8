import { isDeepStrictEqual } from 'node:util';
import type { CreateFunctionCommandInput, GetFunctionCommandOutput } from '@aws-sdk/client-lambda';

import { BUNDLE_HANDLER } from '../bundle/bundle.ts';
import type { FunctionDeclaration } from '../declaration/function.ts';
import { resolvedEnvironment } from '../references.ts';
import { type FunctionPackage, isImage } from './function-package.ts';
import type { ResourceContext } from './resource.ts';

/** The settings that are compared and written; all members are given, so that what is left out is never left over. */
export interface FunctionSettings {
  /** Not of an image: its Dockerfile says both. */
  readonly Runtime?: 'nodejs24.x';
  readonly Handler?: string;
  readonly Role: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Environment: { readonly Variables: Record<string, string> };
}

/** The function as declared. */
export function declaredSettings(
  declaration: FunctionDeclaration,
  context: ResourceContext,
): FunctionSettings {
  const { names } = context;
  return {
    ...(isImage(declaration, context) ? {} : { Runtime: 'nodejs24.x', Handler: BUNDLE_HANDLER }),
    Role: names.functionRole.arn,
    MemorySize: declaration.memoryMb,
    Timeout: declaration.timeoutS,
    Environment: { Variables: { ...resolvedEnvironment(names, declaration) } },
  };
}

/** Lambda's word for an instruction set. */
export function lambdaArchitectures({
  declaration,
}: ResourceContext): NonNullable<CreateFunctionCommandInput['Architectures']> {
  return [declaration.architecture === 'x64' ? 'x86_64' : 'arm64'];
}

/** What differs between the function that was found and the one declared. */
export interface FunctionDifference {
  readonly settings: readonly string[];
  readonly code: readonly string[];
  readonly concurrency: readonly string[];
  /** An earlier deploy has not finished, or failed. */
  readonly state: readonly string[];
}

/** Compares a function with its declaration, in words. */
export function compareFunction(
  found: GetFunctionCommandOutput,
  declaration: FunctionDeclaration,
  context: ResourceContext,
  code: FunctionPackage,
): FunctionDifference {
  const declared = declaredSettings(declaration, context);
  const configuration = found.Configuration ?? {};
  const scalars = (['Runtime', 'Handler', 'Role', 'MemorySize', 'Timeout'] as const)
    .filter((name) => declared[name] !== undefined && configuration[name] !== declared[name])
    .map((name) => `${name} ${configuration[name] ?? 'none'} -> ${declared[name]}`);
  // Spread, because the SDK's record may have another prototype, and key order does not count.
  const sameVariables = isDeepStrictEqual(
    { ...configuration.Environment?.Variables },
    declared.Environment.Variables,
  );
  const sameCode =
    code.kind === 'zip'
      ? configuration.CodeSha256 === code.codeSha256
      : found.Code?.ImageUri === code.image.uri;
  const sameArchitecture = isDeepStrictEqual(
    configuration.Architectures ?? ['x86_64'],
    lambdaArchitectures(context),
  );
  const wanted = declaration.reservedConcurrency;
  const reserved = found.Concurrency?.ReservedConcurrentExecutions;
  return {
    settings: [...scalars, ...(sameVariables ? [] : ['environment variables'])],
    code: [...(sameCode ? [] : ['code']), ...(sameArchitecture ? [] : ['architecture'])],
    concurrency:
      reserved === wanted ? [] : [`reserved concurrency ${reserved ?? 'none'} -> ${wanted ?? 'none'}`],
    state: [
      ...(configuration.State === 'Pending' || configuration.LastUpdateStatus === 'InProgress'
        ? ['wait until it is ready']
        : []),
      ...(configuration.State === 'Failed' || configuration.LastUpdateStatus === 'Failed'
        ? ['repeat the update that failed']
        : []),
    ],
  };
}
