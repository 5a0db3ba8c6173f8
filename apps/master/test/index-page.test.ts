import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runExperiment } from '@skyground/experiment';
import { writeMetricsFile } from '@skyground/metrics';
import { describe, expect, it } from 'vitest';
import { compare } from '../src/comparison/comparison.ts';
import { writeIndexPage } from '../src/index-page.ts';
import { runFiles } from '../src/paths.ts';
import { dummyExperiment } from './fixtures/dummy/experiment.ts';
import { cloudRecord, record } from './records.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { signal } = new AbortController();

/** A finished run of the dummy below `results`; `slowDown` tells runs apart. */
async function runDummy(results: string, slowDown = 1): Promise<string> {
  const outcome = await runExperiment(
    dummyExperiment,
    { slowDown: { value: slowDown, origin: 'flag' } },
    {
      resultsFolder: results,
      cloud: { target: null, profile: null, region: null, role: null, useAmbientCredentials: false },
      emit: () => undefined,
      signal,
      seed: 7,
    },
  );
  if (!('verdict' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.folder;
}

/** What `npm run master` leaves in its metrics folder. */
async function writeMain(metricsDir: string): Promise<void> {
  const images = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.jpg`);
  const onPrem = images.map((image) => record({ image }));
  const cloud = images.map((image) => cloudRecord({ image, processingTimeMs: 40 }));
  const files = runFiles(metricsDir);
  await writeMetricsFile(files.localMetrics, onPrem);
  await writeMetricsFile(files.cloudMetrics, cloud);
  const comparison = compare({
    runId: record().runId,
    targetLabel: 'cloud (local)',
    seed: 1,
    onPrem,
    cloud,
    expected: { images, repetitions: 1 },
    interruptedSides: [],
    differentOutputs: [],
  });
  await writeFile(files.comparison, JSON.stringify(comparison));
}

async function pageOf(metricsDir: string, resultsFolder: string): Promise<string> {
  return readFile(await writeIndexPage({ metricsDir, resultsFolder, signal }), 'utf8');
}

describe('metrics/charts/index.html', () => {
  it('shows the main comparison beside the newest finished run of another benchmark', async () => {
    await using folder = await temporaryFolder();
    const [metricsDir, results] = [join(folder.dir, 'metrics'), join(folder.dir, 'results')];
    await writeMain(metricsDir);
    const older = await runDummy(results, 9);
    const newest = await runDummy(results);
    const page = await pageOf(metricsDir, results);
    expect(page).toContain('times as fast');
    expect(page).toContain('<section id="ecdf">');
    expect(page).toContain('Tortoise and hare');
    expect(page).toContain('hare wins.');
    expect(page).toContain('aria-label="Bars of the mean time of each animal"');
    const reports = Array.from(page.matchAll(/href="([^"]+report\.html)"/g), ([, href = '']) =>
      join(metricsDir, 'charts', decodeURIComponent(href)),
    );
    expect(reports).toEqual([join(newest, 'report.html')]);
    expect(existsSync(reports[0] ?? '')).toBe(true);
    expect(page).not.toContain(older);
    // The same files give the same page.
    expect(await pageOf(metricsDir, results)).toBe(page);
  });

  it('names what is damaged or planted, and shows the newest run that can be read', async () => {
    await using folder = await temporaryFolder();
    const results = join(folder.dir, 'results');
    const whole = await runDummy(results);
    await writeFile(join(whole, 'charts/mean-times.svg'), '<svg onload="alert(1)"></svg>');
    const damaged = await runDummy(results);
    await writeFile(join(damaged, 'manifest.json'), '{');
    const page = await pageOf(join(folder.dir, 'metrics'), results);
    expect(page).toContain('Runs that could not be read');
    expect(page).toContain(damaged);
    expect(page).toContain('mean-times is not shown: it does not begin as our charts do');
    expect(page).not.toContain('onload');
  });

  it('without a main comparison says how to run it; the comparison as an experiment takes its place', async () => {
    await using folder = await temporaryFolder();
    const [metricsDir, results] = [join(folder.dir, 'metrics'), join(folder.dir, 'results')];
    const page = await pageOf(metricsDir, results);
    expect(page).toContain(
      'It has not been run here. Run it from the folder of the project: <code>npm run master</code>',
    );
    expect(await readdir(join(metricsDir, 'charts'))).toEqual(['index.html']);
    const run = await runDummy(results);
    const manifest = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8'));
    manifest.experiment.id = 'cloud-vs-onprem';
    await writeFile(join(run, 'manifest.json'), JSON.stringify(manifest));
    await rename(join(results, 'dummy'), join(results, 'cloud-vs-onprem'));
    expect(await pageOf(metricsDir, results)).toContain('Tortoise and hare');
    await writeMain(metricsDir);
    expect(await pageOf(metricsDir, results)).not.toContain('Tortoise and hare');
  });

  it('does not show a comparison whose rows are of another run', async () => {
    await using folder = await temporaryFolder();
    await writeMain(folder.dir);
    await writeMetricsFile(runFiles(folder.dir).localMetrics, [
      record({ runId: 'skyground-20261122T063000Z-0000' }),
    ]);
    expect(await pageOf(folder.dir, join(folder.dir, 'results'))).toContain(
      'A comparison was begun after the last one that was finished.',
    );
    await writeFile(runFiles(folder.dir).comparison, '{}');
    expect(await pageOf(folder.dir, join(folder.dir, 'results'))).toContain(
      'is not as this version writes it',
    );
  });

  it('stops with the reason of its signal and leaves the page as it was', async () => {
    await using folder = await temporaryFolder();
    const before = await pageOf(folder.dir, folder.dir);
    const reason = new Error('stopped');
    const stopped = writeIndexPage({
      metricsDir: folder.dir,
      resultsFolder: folder.dir,
      signal: AbortSignal.abort(reason),
    });
    await expect(stopped).rejects.toBe(reason);
    expect(await readFile(join(folder.dir, 'charts/index.html'), 'utf8')).toBe(before);
  });
});
