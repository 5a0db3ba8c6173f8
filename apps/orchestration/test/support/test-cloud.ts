import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AppNames,
  type CloudClients,
  createClients,
  deploy,
  loadSettings,
  startedLocalTarget,
} from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

import { orchestrationDeclaration } from '../../src/declaration.ts';
import type { Sweep } from '../../src/workflows/paths.ts';

/** An embedded cloud of a test's own with the app on it. */
export interface TestCloud {
  readonly clients: CloudClients;
  readonly names: AppNames<ReturnType<typeof orchestrationDeclaration>>;
  /** `POST /experiment`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export async function startTestCloud(sweep: Sweep): Promise<TestCloud> {
  const stateDir = await mkdtemp(join(tmpdir(), 'skyground-cloud-'));
  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const stop = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
    await rm(stateDir, { recursive: true });
  };
  try {
    const settings = loadSettings({ flags: {}, environment: {}, directory: '/' });
    const declaration = orchestrationDeclaration(settings, clients.target, sweep);
    const { names, routes } = await deploy(declaration, clients, { signal: new AbortController().signal });
    return { clients, names, url: routes[0]?.url ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
