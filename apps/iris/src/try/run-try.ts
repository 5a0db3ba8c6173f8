import { resolve } from 'node:path';
import * as z from 'zod';

import { predictionsSchema } from '../answer.ts';
import { IrisUsageError } from '../errors.ts';
import { DEFAULT_CONTAINER_URL, tryContainer } from './container.ts';
import type { Exchange } from './exchange.ts';

const EXIT = { predicted: 0, failed: 1, usage: 2, stopped: 130 } as const;

/** Longer than any cold start; nobody should have to wonder whether this still runs. */
const TIMEOUT_MS = 60_000;

const flagsSchema = z.strictObject({
  function: z.boolean().default(false),
  api: z.boolean().default(false),
  container: z.union([z.string(), z.boolean()]).default(false),
  target: z.string().optional(),
  region: z.string().optional(),
  profile: z.string().optional(),
  prefix: z.string().optional(),
  state: z.string().optional(),
  useAmbientCredentials: z.boolean().default(false),
});

/** Runs the command. @returns the exit code. */
export async function runTry(rawFlags: unknown): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    return report(await exchangeOf(flagsSchema.parse(rawFlags), signal));
  } catch (error) {
    if (stop.signal.aborted) return EXIT.stopped;
    console.error(error instanceof Error ? error.message : error);
    return error instanceof IrisUsageError ? EXIT.usage : EXIT.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function exchangeOf(
  {
    function: isFunction,
    api,
    container,
    state,
    useAmbientCredentials,
    ...flags
  }: z.infer<typeof flagsSchema>,
  signal: AbortSignal,
): Promise<Exchange> {
  if ([isFunction, api, container !== false].filter(Boolean).length > 1)
    throw new IrisUsageError('Expected one of --function, --api and --container, received several.');
  if (container !== false)
    return tryContainer(container === true ? DEFAULT_CONTAINER_URL : container, signal);
  // A container is tried without it: it loads every client of the SDK.
  const { tryDeployed } = await import('./deployed.ts');
  const directory = process.env['INIT_CWD'] ?? process.cwd();
  return tryDeployed({
    through: api ? 'api' : 'function',
    flags,
    useAmbientCredentials,
    stateDir: state === undefined ? undefined : resolve(directory, state),
    directory,
    signal,
  });
}

/** Prints both sides. Whoever answered may send anything, so it is printed as JSON, which holds no control characters. */
function report({ sentTo, sent, statusCode, received }: Exchange): number {
  const { value, isPrediction } = understood(received);
  console.log(`${sentTo}\n${sent}\n\n${statusCode}\n${JSON.stringify(value)}`);
  return statusCode === 200 && isPrediction ? EXIT.predicted : EXIT.failed;
}

function understood(text: string): { readonly value: unknown; readonly isPrediction: boolean } {
  try {
    const value: unknown = JSON.parse(text);
    return { value, isPrediction: predictionsSchema.safeParse(value).success };
  } catch {
    return { value: text, isPrediction: false };
  }
}
