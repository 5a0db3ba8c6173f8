import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../../src/credentials.ts';
import { createServices } from '../../src/services/create-services.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/fidelity.md'), 'utf8');

/** Service id to the operations that its section of the page lists, sorted. */
function documentedOperations(): Map<string, string[]> {
  const [, chapter = ''] = /^## Operations$(.*?)^## /ms.exec(page) ?? [];
  const sections = chapter.matchAll(/^### .* \(`(\w+)`\)$([^#]*)/gm);
  return new Map(
    [...sections].map(([, id = '', text = '']) => {
      const [list = ''] = text.trim().split('\n');
      return [id, [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name).toSorted()];
    }),
  );
}

it('docs/fidelity.md lists exactly what every service implements', () => {
  const stateDir = temporaryFolder();
  const database = openDatabase(stateDir);
  onTestFinished(() => database.close());
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
  const implemented = new Map(services.map(({ id, operations }) => [id, Object.keys(operations).toSorted()]));
  expect(documentedOperations()).toEqual(implemented);
});
