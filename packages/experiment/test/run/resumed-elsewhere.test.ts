import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, folderOf, killedCopy, resumeDummy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a run that goes on with another Node or another library says so before it measures', async () => {
  const results = await temporaryFolder();
  const whole = folderOf((await runDummy(results)).outcome);
  const folder = await killedCopy(whole, join(results, 'dummy', '20260101T000000.000Z'), '');
  const manifest = await contentOf(folder, 'manifest.json');
  await writeFile(
    join(folder, 'manifest.json'),
    manifest
      .replace(`"node": "${process.versions.node}"`, '"node": "22.1.0"')
      .replace('"fable": "1.0.0"', '"fable": "0.9.0"'),
  );
  const { outcome, events } = await resumeDummy(folder);
  expect(outcome.kind).toBe('valid');
  const first = events.findIndex(({ type }) => type === 'sampleRecorded');
  const warnings = events
    .slice(0, first)
    .flatMap((event) => (event.type === 'log' && event.level === 'warning' ? event.message : []));
  expect(warnings).toContainEqual(
    expect.stringContaining(`machine node was 22.1.0 and is ${process.versions.node}`),
  );
  expect(warnings).toContainEqual(expect.stringContaining('library fable was 0.9.0 and is 1.0.0'));
  expect(warnings.join()).not.toContain('machine cores');
  expect(await contentOf(folder, 'run.log')).toContain('warning Since the run began');
});
