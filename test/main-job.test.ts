import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMasterToTheEnd } from './support/master.ts';
import { readRows, rowNames } from './support/rows.ts';
import { makeWorkspace, writeImage, writeImages } from './support/workspace.ts';

describe('the main job, from one command', () => {
  it('processes the same images on both sides and compares them', async () => {
    await using workspace = await makeWorkspace();
    const names = await writeImages(workspace.imagesDir, 8);

    const run = await runMasterToTheEnd(workspace);

    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const rows = await readRows(workspace);
    const expected = names.map((name) => `1/${name}`);
    expect(rowNames(rows.onPrem)).toEqual(expected);
    expect(rowNames(rows.cloud)).toEqual(expected);
    // Every cloud row was joined with its REPORT line.
    expect(rows.cloud.every((row) => row.billedMs !== null && row.memorySizeMb === 1769)).toBe(true);
    const charts = await readdir(join(workspace.metricsDir, 'charts'));
    expect(charts.filter((name) => name.endsWith('.svg'))).toHaveLength(7);
    expect(charts.filter((name) => name.endsWith('.png'))).toHaveLength(7);
    expect(charts).toContain('index.html');
    expect(run.events.at(-1)).toMatchObject({ type: 'runFinished', exitCode: 0 });
  });

  it('survives every kind of file name, and lists a file that fails alike on both sides', async () => {
    await using workspace = await makeWorkspace();
    const names = [
      "it's a photo.jpg",
      'a+b & c.jpg',
      'größe 写真 🏔.png',
      'same.jpg',
      'same.png',
      'nested folder/deep.jpg',
      '100% real.jpg',
    ];
    await Promise.all(names.map((name, index) => writeImage(join(workspace.imagesDir, name), index)));
    await writeFile(join(workspace.imagesDir, 'notes.txt'), 'no image at all');

    const run = await runMasterToTheEnd(workspace);

    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const rows = await readRows(workspace);
    expect(rowNames(rows.onPrem)).toEqual([...names, 'notes.txt'].map((name) => `1/${name}`).sort());
    expect(rowNames(rows.cloud)).toEqual(rowNames(rows.onPrem));
    for (const side of [rows.onPrem, rows.cloud]) {
      expect(side.filter((row) => row.status === 'error').map((row) => row.image)).toEqual(['notes.txt']);
    }
    const comparison = JSON.parse(await readFile(join(workspace.metricsDir, 'comparison.json'), 'utf8')) as {
      findings: { id: string }[];
    };
    expect(comparison.findings.map(({ id }) => id)).toContain('failed-alike');
  });

  it('writes byte-identical outputs on both sides', async () => {
    await using workspace = await makeWorkspace();
    await writeImages(workspace.imagesDir, 6);

    const run = await runMasterToTheEnd(workspace, ['--repetitions', '2']);

    expect(run.exitCode).toBe(0);
    const compared = run.events.findLast((event) => event.type === 'outputsCompared');
    expect(compared).toMatchObject({ identical: 12, different: [] });
  });
});
