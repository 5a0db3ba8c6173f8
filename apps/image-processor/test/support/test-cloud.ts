import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CloudClients,
  createClients,
  loadSettings,
  type Settings,
  startedLocalTarget,
} from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

import { type ImageProcessorDeclaration, imageProcessorDeclaration } from '../../src/index.ts';

/** An embedded cloud of a test's own, with nothing in it. */
export interface TestCloud {
  readonly clients: CloudClients;
  readonly stop: () => Promise<void>;
}

export async function startTestCloud(): Promise<TestCloud> {
  const stateDir = await mkdtemp(join(tmpdir(), 'skyground-cloud-'));
  const cloud = await startLocalCloud({ stateDir, lambda: { maximumConcurrency: 20 } });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const stop = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
    await rm(stateDir, { recursive: true });
  };
  return { clients, stop };
}

/** The real declaration, by these flags. */
export function declarationFor(clients: CloudClients, flags: Settings = {}): ImageProcessorDeclaration {
  const settings = loadSettings({ flags, environment: {}, directory: '/' });
  return imageProcessorDeclaration(settings, clients.target);
}

/** The same with a function of one line, for tests of deploying: its bundle takes no time. */
export function quickDeclarationFor(clients: CloudClients, flags: Settings = {}): ImageProcessorDeclaration {
  const entryPoint = fileURLToPath(new URL('../fixtures/empty-handler.ts', import.meta.url));
  return withEntryPoint(declarationFor(clients, flags), entryPoint);
}

export function withEntryPoint(
  declaration: ImageProcessorDeclaration,
  entryPoint: string,
): ImageProcessorDeclaration {
  return { ...declaration, functions: { main: { ...declaration.functions.main, entryPoint } } };
}
