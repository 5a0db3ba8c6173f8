import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRuns, UsageError } from '../../src/index.ts';
import { runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a results folder that is a file is a mistake, and told as one', async () => {
  const file = join(await temporaryFolder(), 'results');
  await writeFile(file, 'mine');
  for (const place of [file, join(file, 'below')]) {
    expect((await runDummy(place)).outcome).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(`${place} cannot hold results`),
    });
    const error: unknown = await listRuns(place).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(`${place} cannot be read as a folder of runs`);
  }
});
