import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFormats } from '@skyground/experiment';
import { expect, it } from 'vitest';
import { onlyDummy } from '../fixtures/dummy/listed.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { jsonLines, lab, labOf } from './lab-here.ts';

const results = ['--results', 'results'];

/** Ids of the runs of the dummy, newest first. */
async function runIds(dir: string): Promise<string[]> {
  return (await readdir(join(dir, 'results/dummy'))).toSorted().reverse();
}

it('runs an experiment that nothing but the list names, and looks after what it measured', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  const flags = ['--repetitions', '20', '--seed', '7', ...results];
  const first = await lab(dir, 'dummy', ...flags);
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  for (const words of [
    '> racing',
    '  40/40 measured',
    'hare wins.',
    'Cost on AWS, modelled: $',
    'Report: results/',
    '(exit code 0)',
  ])
    expect(first.stdout).toContain(words);
  expect((await lab(dir, 'dummy', '--slow-down', '1.5', ...flags)).exitCode).toBe(0);
  const [newer = '', older = ''] = await runIds(dir);

  expect(jsonLines((await lab(dir, 'list', '--json', ...results)).stdout)).toMatchObject([
    {
      type: 'list',
      experiments: [{ id: 'dummy', question: 'Which animal is faster?' }],
      runs: [
        {
          runId: newer,
          experimentId: 'dummy',
          status: 'finished',
          isValid: true,
          verdict: { headline: 'hare wins.' },
        },
        { runId: older, targetLabel: 'this machine' },
      ],
    },
  ]);

  const compared = await lab(dir, 'compare', older, `dummy/${newer}`, ...results);
  expect(compared).toMatchObject({ exitCode: 0, stderr: '' });
  expect(compared.stdout).toMatch(/^hare +20 and 20 +1\.50x +1\.\d\d to 1\.\d\d +< 0\.001 +longer$/m);
  expect(compared.stdout).toContain('parameter slowDown: 1 -> 1.5');
  expect(compared.stdout).not.toContain('NOT VALID');
  const asJson = await lab(dir, 'compare', older, newer, '--json', ...results);
  expect(jsonLines(asJson.stdout)).toMatchObject([
    {
      type: 'comparison',
      first: { isValid: true },
      arms: [{ arm: 'tortoise', ratio: { ratio: expect.closeTo(1.5, 9) } }, { arm: 'hare' }],
    },
  ]);
  expect(await lab(dir, 'compare', newer, 'dummy', ...results)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('are the same run'),
  });

  const newest = await lab(dir, 'show', 'dummy', ...results);
  expect(newest.stdout).toMatch(/^hare +20 +20 +3\d\.\d ms +3\d\.\d ms +0 +0$/m);
  const byPath = await lab(dir, 'show', join('results/dummy', older));
  expect(byPath.stdout).toContain(`dummy/${older} on this machine: finished`);

  for (const name of ['checks.json', 'summary.json', 'bill.json', 'charts'])
    await rm(join(dir, 'results/dummy', older, name), { recursive: true });
  expect(await lab(dir, 'report', older, ...results)).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining('Report: results/dummy/'),
  });
  expect(await readdir(join(dir, 'results/dummy', older))).toEqual(
    await readdir(join(dir, 'results/dummy', newer)),
  );

  expect(await lab(dir, 'dummy', '--resume', older, ...results)).toMatchObject({
    exitCode: 2,
    stdout: expect.stringContaining('nothing to resume'),
  });
});

it('exports in every format, and over nothing', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  await lab(dir, 'dummy', ...results);
  const [runId = ''] = await runIds(dir);
  const exported = (format: string, ...more: string[]) =>
    lab(dir, 'export', runId, '--format', format, ...more, ...results);
  for (const format of exportFormats) {
    expect(await exported(format, '--to', `out/${format}`)).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/^24 samples: out\//),
    });
  }
  const csv = await readFile(join(dir, 'results/dummy', runId, 'samples.csv'), 'utf8');
  expect(await readFile(join(dir, 'out/csv'), 'utf8')).toBe(csv);
  const locust = ['exceptions', 'failures', 'stats', 'stats_history'].map((name) => `locust_${name}.csv`);
  expect((await readdir(join(dir, 'out'))).toSorted()).toEqual(
    ['csv', 'excel', 'json', 'jtl', ...locust].toSorted(),
  );

  expect(await exported('csv')).toMatchObject({ stdout: `24 samples: dummy-${runId}.csv\n` });
  await writeFile(join(dir, 'out/thesis.csv'), 'not ours');
  for (const [format, to, name] of [
    ['csv', 'out/thesis.csv', 'out/thesis.csv'],
    ['json', 'out', 'out'],
    ['locust', 'out/locust', 'out/locust_stats.csv'],
  ] as const) {
    expect(await exported(format, '--to', to)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(`${name} exists and is left alone`),
    });
  }
  expect(await readFile(join(dir, 'out/thesis.csv'), 'utf8')).toBe('not ours');
  expect(await exported('csv', '--to', '')).toMatchObject({ exitCode: 2 });
  expect(await exported('csv', '--to', 'out/csv/below')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^The file system refused: .*out\/csv/),
  });
});

it('deletes a run where it is agreed to, and leaves foreign files alone', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  await lab(dir, 'dummy', ...results);
  await lab(dir, 'dummy', ...results);
  const [newer = '', older = ''] = await runIds(dir);
  // Nobody can be asked here.
  expect(await lab(dir, 'delete', older, ...results)).toMatchObject({
    exitCode: 2,
    stderr: `Delete results/dummy/${older} with its samples, for good? There is no terminal to ask in: give --yes to agree.\n`,
  });
  expect(await lab(dir, 'delete', older, '--yes', ...results)).toMatchObject({ exitCode: 0 });
  await writeFile(join(dir, 'results/dummy', newer, 'thesis.docx'), '');
  expect(await lab(dir, 'delete', 'dummy', '--yes', ...results)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('thesis.docx'),
  });
  expect(await runIds(dir)).toEqual([newer]);
});

it('tells runs of the same moment apart by their experiments, and resumes none of another experiment', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  await lab(dir, 'dummy', ...results);
  const [runId = ''] = await runIds(dir);
  const other = join(dir, 'results/other', runId);
  await mkdir(other, { recursive: true });
  const manifest = await readFile(join(dir, 'results/dummy', runId, 'manifest.json'), 'utf8');
  await writeFile(join(other, 'manifest.json'), manifest.replace('"id": "dummy"', '"id": "other"'));
  const ambiguous = await lab(dir, 'show', runId, ...results);
  expect(ambiguous).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name one of them') });
  for (const choice of [`dummy/${runId}`, `other/${runId}`]) expect(ambiguous.stderr).toContain(choice);
  expect(await lab(dir, 'dummy', '--resume', `other/${runId}`, ...results)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('expected a run of dummy to go on with, but it is one of "other"'),
  });
});

it('ends with 3 and a banner where the comparison is not valid, in every output', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  const flags = [...results, '--json', '--threshold', 'p(99)<1'];
  const run = await labOf(onlyDummy, dir, ['dummy', ...flags], { SKYGROUND_DUMMY_VARIANT: 'cold hare' });
  // What is not valid can neither keep nor break a threshold.
  expect(run).toMatchObject({ exitCode: 3, stderr: '' });
  const seen = jsonLines(run.stdout);
  expect(seen.map(({ type }) => type)).toEqual([
    'runStarted',
    'progress',
    ...Array<string>(24).fill('sampleRecorded'),
    'derived',
    'runFinished',
  ]);
  expect(seen.at(-1)).toMatchObject({ outcome: { kind: 'not valid' } });
  const shown = await lab(dir, 'show', 'dummy', ...results);
  expect(shown).toMatchObject({ exitCode: 3 });
  expect(shown.stdout).toContain('NOT VALID: 1 error');
  expect(shown.stdout).toContain('error: cold-imbalance: ');
  expect((await lab(dir, 'list', ...results)).stdout).toContain('finished, NOT VALID');
  const [cold = ''] = await runIds(dir);
  await lab(dir, 'dummy', ...results);
  const compared = await lab(dir, 'compare', cold, 'dummy', ...results);
  expect(compared).toMatchObject({ exitCode: 3 });
  expect(compared.stdout).toContain('NOT VALID: the first run has errors (cold-imbalance)');
  expect(compared.stdout).not.toContain('NOT VALID: the second');
  expect(await lab(dir, 'report', cold, ...results)).toMatchObject({
    exitCode: 3,
    stdout: expect.stringContaining('NOT VALID: 1 error'),
  });
});

it('ends with 99 where a threshold is not kept', async () => {
  await using folder = await temporaryFolder();
  const thresholds = ['--threshold', 'hare: p(99)<30', '--threshold', 'p(50)<30'];
  const run = await lab(folder.dir, 'dummy', ...thresholds, ...results);
  expect(run).toMatchObject({ exitCode: 99, stderr: '' });
  expect(run.stdout).toMatch(/^threshold hare: p\(99\)<30, hare: kept \(2\d\.\d ms\)$/m);
  expect(run.stdout).toMatch(/^threshold p\(50\)<30, tortoise: BROKEN \(4\d\.\d ms\)$/m);
  expect(run.stdout).toContain('a threshold was not kept. (exit code 99)');
});
