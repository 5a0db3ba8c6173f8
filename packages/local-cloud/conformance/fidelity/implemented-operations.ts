import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../../src/credentials.ts';
import { createServices } from '../../src/services/create-services.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

/** Service id to the operations that its code has, in the code's order. */
export function implementedOperations(): ReadonlyMap<string, readonly string[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'skyground-fidelity-'));
  const database = openDatabase(stateDir);
  try {
    const services = createServices(
      {
        stateDir,
        database,
        clock: systemClock,
        accountId: LOCAL_ACCOUNT_ID,
        region: LOCAL_REGION,
        endpoint: () => '',
      },
      { credentials: { accessKeyId: 'any', secretAccessKey: 'any' } },
    );
    return new Map(services.map(({ id, operations }) => [id, Object.keys(operations)]));
  } finally {
    database.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
