import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudClients, createClients, deploy, loadSettings, startedLocalTarget } from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

import { irisDeclaration } from '../../src/declaration.ts';

/** An embedded cloud of a test's own, with nothing in it; its state goes when it stops. */
export interface TestCloud {
  readonly clients: CloudClients;
  readonly stateDir: string;
  readonly stop: () => Promise<void>;
}

export async function startTestCloud(): Promise<TestCloud> {
  const directory = await mkdtemp(join(tmpdir(), 'skyground-iris-'));
  const stateDir = join(directory, 'state');
  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const stop = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
    await rm(directory, { recursive: true });
  };
  return { clients, stateDir, stop };
}

/** Deploys the classifier as its command does. */
export async function deployIris({ clients }: TestCloud) {
  const settings = loadSettings({ flags: {}, environment: {}, directory: '/' });
  const declaration = irisDeclaration(settings, clients.target);
  const { routes, names } = await deploy(declaration, clients, { signal: new AbortController().signal });
  return {
    url: routes[0]?.url ?? '',
    functionName: names.functions.main.name,
    logGroup: names.functions.main.logGroup,
  };
}
