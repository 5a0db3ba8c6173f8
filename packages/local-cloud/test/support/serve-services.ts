import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { CloudEnvironment } from '../../src/server/environment.ts';
import type { Service } from '../../src/server/service.ts';
import { startServer } from '../../src/server/start-server.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

const credentials = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };

/** Serves some services over a real socket from a state folder of their own; `client` is what an SDK client is made with. */
export async function serveServices<Services extends readonly Service[]>(
  clock: Clock,
  create: (environment: CloudEnvironment) => Services,
) {
  const stateDir = mkdtempSync(join(tmpdir(), 'skyground-test-'));
  const database = openDatabase(stateDir);
  let endpoint = '';
  const environment: CloudEnvironment = {
    stateDir,
    database,
    clock,
    accountId: '000000000000',
    region: 'us-east-1',
    endpoint: () => endpoint,
  };
  const services = create(environment);
  const server = await startServer({
    services,
    port: 0,
    authentication: { credentials, verify: true },
    // Real clients sign with the true time; only the services live in the test's.
    clock: systemClock,
  });
  endpoint = server.endpoint;
  for (const service of services) await service.start?.();
  return {
    services,
    environment,
    client: { endpoint, region: environment.region, credentials, maxAttempts: 1 },
    stop: async () => {
      await server.close();
      for (const service of services) await service.stop?.();
      await server.stop();
      database.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
