import { fileURLToPath } from 'node:url';
import {
  type AppDeclaration,
  declareApp,
  type FunctionDeclaration,
  type LayeredSettings,
  type TargetChoice,
} from '@skyground/cloud';
import { irisDeclaration } from '../declaration.ts';
import { range } from './blocks.ts';
import { idleFunctions, type Parameters } from './parameters.ts';
import { baseMemoryMb, chosenStrategies, type Strategy } from './strategies.ts';

export type ExperimentDeclaration = AppDeclaration<never, never, string, never>;

/** The key of the function behind the API. */
export const apiFunction = 'main';

export function idleFunction(index: number): string {
  return `idle-${index}`;
}

export function pingedFunction(index: number): string {
  return `pinged-${index}`;
}

/**
 * The classifier as an app of the experiment's own, so that one that somebody has deployed is left alone: the API, a function for each
 * strategy, and those that are left alone or pinged. All run the same handler.
 */
export function deployment(
  parameters: Parameters,
  settings: LayeredSettings,
  target: TargetChoice,
): ExperimentDeclaration {
  const iris = irisDeclaration(settings, target);
  const behindApi = { ...iris.functions.main, memoryMb: baseMemoryMb };
  const plain = { ...behindApi, reservedConcurrency: undefined };
  const { reservedConcurrency } = behindApi;
  const idle = parameters.idleS === 0 ? [] : range(idleFunctions);
  return declareApp({
    ...iris,
    app: 'iris-experiment',
    functions: {
      [apiFunction]: {
        ...behindApi,
        reservedConcurrency:
          reservedConcurrency === undefined ? undefined : Math.max(reservedConcurrency, parameters.burst),
      },
      ...Object.fromEntries(
        chosenStrategies(parameters.strategies).map((strategy) => [strategy.id, asStrategy(plain, strategy)]),
      ),
      ...Object.fromEntries(
        idle.flatMap((index) => [idleFunction(index), pingedFunction(index)]).map((key) => [key, plain]),
      ),
    },
  });
}

function asStrategy(
  plain: FunctionDeclaration<never, never, string, never>,
  { memoryMb, withSdk, compileCache }: Strategy,
): FunctionDeclaration<never, never, string, never> {
  return {
    ...plain,
    memoryMb,
    ...(withSdk
      ? { entryPoint: fileURLToPath(new URL('../functions/predict-with-sdk.ts', import.meta.url)) }
      : {}),
    ...(compileCache ? { compileCache: true } : {}),
  };
}
