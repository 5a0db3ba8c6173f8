import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  type CloudClients,
  CloudUsageError,
  explainError,
  loadSettings,
  openTarget,
  planDeploy,
  type Settings,
} from '@skyground/cloud';

import { irisDeclaration } from '../declaration.ts';
import { IrisError, IrisUsageError } from '../errors.ts';
import { EXAMPLE_BODY } from '../example-request.ts';
import { type Exchange, MOCK_EVENT } from './exchange.ts';
import { postJson } from './post-json.ts';
import { proxyExchange } from './proxy-exchange.ts';

export interface DeployedOptions {
  readonly through: 'function' | 'api';
  readonly flags: { readonly [Name in keyof Settings]?: string | undefined };
  readonly useAmbientCredentials: boolean;
  /** Of the embedded cloud; undefined: `.skyground` at the root of the repository. */
  readonly stateDir: string | undefined;
  /** Where the person stands: settings are looked for there. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Sends the mock event to what is deployed on a target: to the function by Invoke, or its body to the API. */
export async function tryDeployed(options: DeployedOptions): Promise<Exchange> {
  try {
    return await exchangeOn(options);
  } catch (error) {
    throw error instanceof CloudUsageError ? new IrisUsageError(error.message, { cause: error }) : error;
  }
}

async function exchangeOn({
  through,
  flags,
  directory,
  signal,
  ...rest
}: DeployedOptions): Promise<Exchange> {
  const environment = process.env;
  const settings = loadSettings({ flags, environment, directory });
  const { clients, notices, close } = await openTarget(
    { settings, environment, signal, ...rest },
    () => import('@skyground/local-cloud'),
  );
  try {
    for (const notice of notices) console.error(notice);
    // What a deploy would find; it changes nothing.
    const plan = await planDeploy(irisDeclaration(settings, clients.target), clients, { signal });
    if (through === 'api') {
      const [route] = plan.routes;
      if (route === undefined) throw notDeployed(clients, `REST API ${plan.names.apis['main']}`);
      return await postJson(route.url, EXAMPLE_BODY, signal);
    }
    const { name } = plan.names.functions.main;
    const step = plan.steps.find((planned) => planned.type === 'function' && planned.name === name);
    if (step?.outcome === 'created') throw notDeployed(clients, `function ${name}`);
    return await invoke(clients, name, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof IrisError ? error : await explainError(error, clients.target, environment);
  } finally {
    await close();
  }
}

async function invoke(clients: CloudClients, name: string, signal: AbortSignal): Promise<Exchange> {
  const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(MOCK_EVENT) });
  const { Payload, FunctionError } = await clients.lambda.send(command, { abortSignal: signal });
  const payload = Payload?.transformToString() ?? '';
  const sentTo = `Invoke ${name} on ${clients.target.label}`;
  if (FunctionError !== undefined)
    throw new IrisError(`${sentTo}: the function failed (${FunctionError}): ${JSON.stringify(payload)}`);
  return proxyExchange(sentTo, payload);
}

function notDeployed({ target }: CloudClients, what: string): IrisUsageError {
  return new IrisUsageError(
    `${target.label} has no ${what}. Deploy it first, with the flags that you gave here: npm run deploy -w apps/iris`,
  );
}
