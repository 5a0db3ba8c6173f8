import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMetricsFile } from '@skyground/metrics';
import { describe, expect, it } from 'vitest';
import { runCli } from './cli-process.ts';
import { record } from './records.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('export --excel', () => {
  it('writes copies in which no file name can act as a formula, and leaves the CSVs as they are', async () => {
    await using folder = await temporaryFolder();
    const source = join(folder.dir, 'local_metrics.csv');
    await writeMetricsFile(source, [record({ image: '=cmd|calc.jpg' })]);
    const before = await readFile(source, 'utf8');

    const run = await runCli(folder.dir, 'export', '--excel', '--output', '.');

    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const copy = `local_metrics-${record().runId}.excel.csv`;
    expect((await readdir(folder.dir)).toSorted()).toEqual([copy, 'local_metrics.csv'].toSorted());
    const text = await readFile(join(folder.dir, copy), 'utf8');
    expect(text.startsWith('\uFEFFimage,')).toBe(true);
    expect(text).toContain("\r\n'=cmd|calc.jpg,");
    expect(await readFile(source, 'utf8')).toBe(before);
  });

  it('says what is missing', async () => {
    await using folder = await temporaryFolder();
    expect(await runCli(folder.dir, 'export', '--excel', '--output', '.')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('npm run master'),
    });
    expect(await runCli(folder.dir, 'export')).toMatchObject({ exitCode: 2 });
  });
});
