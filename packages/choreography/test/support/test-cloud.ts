import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudClients, createClients, startedLocalTarget } from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

/** An embedded cloud of a test's own, with nothing in it; retries come at once. */
export async function startTestCloud(): Promise<{ clients: CloudClients; stop: () => Promise<void> }> {
  const stateDir = await mkdtemp(join(tmpdir(), 'skyground-cloud-'));
  const cloud = await startLocalCloud({ stateDir, lambda: { asyncRetryDelaysMs: [10, 20] } });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  return {
    clients,
    stop: async () => {
      clients.destroy();
      await cloud.stop();
      await rm(stateDir, { recursive: true });
    },
  };
}
