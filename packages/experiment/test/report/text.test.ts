import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toCsv } from '@skyground/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveAgain } from '../../src/index.ts';
import { contentOf, folderOf, runDummy } from '../support/dummy-runs.ts';
import { hostile, reportExperiment, runPoorly } from '../support/report-experiment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;
const unpictured = { ...reportExperiment, charts: () => [] };

let results: string;
/** Of a run with too few samples and a threshold that was not kept. No test changes it. */
let poorFolder: string;
beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'skyground-report-text-'));
  poorFolder = await runPoorly(results);
});
afterAll(() => rm(results, { recursive: true, force: true }));

/** The rows below a table's heading, as cells. */
function rowsOf(markdown: string, heading: string): readonly (readonly string[])[] {
  const lines = markdown.slice(markdown.indexOf(`### ${heading}`)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('| ---')) + 1;
  const count = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first, first + count).map((line) => line.split(/(?<!\\) ?\| ?/).slice(1, -1));
}

/** The text of a run whose samples are these. Nothing but the samples matters here, so no picture is drawn. */
async function withDurations(durations: readonly number[]): Promise<string> {
  const given = { repetitions: { value: 6, origin: 'flag' } } as const;
  const folder = folderOf(
    (await runDummy(await temporaryFolder(), given, { experiment: unpictured })).outcome,
  );
  const rows = durations.map((ms, index) => ['on_prem', `image#${index}`, `${index * 1_000}`, `${ms}`, '']);
  await writeFile(
    join(folder, 'samples.csv'),
    toCsv([['arm', 'unit', 'startedAtMs', 'durationMs', 'remark'], ...rows]),
  );
  await deriveAgain(unpictured, folder, signal);
  return contentOf(folder, 'report.md');
}

test('known answers: the figures of 1 to 100 ms, percentiles by R-7', async () => {
  const markdown = await withDurations(Array.from({ length: 100 }, (_, index) => index + 1));
  const [row] = rowsOf(markdown, 'Durations of each arm');
  expect(row?.toSpliced(3, 1)).toEqual([
    'on\\_prem',
    '100',
    '50.5',
    '90.1',
    '95.1',
    '99.0',
    '57.4 %',
    '1.96',
  ]);
  expect(row?.[3]).toMatch(/^4\d\.\d to [56]\d\.\d$/);
});

test('outliers are counted and stay: two mild, one severe', async () => {
  const markdown = await withDurations([
    ...Array.from({ length: 97 }, (_, index) => 100 + (index % 11)),
    120,
    121,
    900,
  ]);
  expect(rowsOf(markdown, 'Samples of each arm')[0]?.slice(-2)).toEqual(['2', '1']);
  // (99 - 1) x 0.99 lies beyond the mild ones, in the direction of the severe one.
  expect(Number(rowsOf(markdown, 'Durations of each arm')[0]?.[6])).toBeGreaterThan(121);
});

test('a figure without enough samples is "too few", not a number', async () => {
  const durationsOf = async (n: number) =>
    rowsOf(
      await withDurations(Array.from({ length: n }, (_, index) => index + 1)),
      'Durations of each arm',
    )[0]?.map((cell) => cell !== 'too few');
  const [yes, no] = [true, false];
  expect(await durationsOf(5)).toEqual([yes, yes, no, no, no, no, no, no, no]);
  expect(await durationsOf(9)).toEqual([yes, yes, yes, yes, no, no, no, yes, no]);
  expect(await durationsOf(20)).toEqual([yes, yes, yes, yes, yes, yes, no, yes, no]);
});

test('the text says all that the page says, and nothing in it is markup', async () => {
  const markdown = await contentOf(poorFolder, 'report.md');
  expect(markdown).toMatch(/^# Images on two sides .*\n\n\*\*Not valid\.\*\* 2 errors below/);
  for (const part of [
    '**Error (too-few):** ',
    ' on\\_prem has 4 samples',
    'What to do: Measure more',
    '**Threshold not kept:** on\\_prem: p(50)\\<1, but it was 22.1 ms.',
    '**Threshold kept:** on\\_prem: failed:rate\\<0.5; it was 0.',
    'Ran on this machine. Nothing of it ran in a cloud.',
    '](charts/durations.png)',
    'Modelled, not sent by AWS',
    'Definition R-7',
    '## What the data say\n\n### Where the time goes ',
    '\n\nLarger images: their work grows faster than their transfer.\n',
    '- [locust\\_logs/test\\_stats.csv](locust_logs/test_stats.csv): Figures as Locust writes them ',
    `npm run lab -- reported --repetitions 4 --note 'it'\\''s' --sizes 3,4 --is-quick --threshold 'on_prem: p(50)<1' --threshold 'failed:rate<0.5' --seed 7`,
    'in the folder of Skyground: docs/experiments/reported.md',
    `npm run lab -- report ${poorFolder}\n`,
    '(samples.csv)',
  ]) {
    expect(markdown).toContain(part);
  }
  const withoutCommands = markdown.replaceAll(/```sh\n.*\n```/g, '');
  expect(withoutCommands).not.toMatch(/(?<!\\)[<`]/);
  expect(withoutCommands).not.toContain('[x](');
  // One heading of the first level, one blank line between blocks, no space at the end of a line.
  expect(withoutCommands.match(/^# /gm)).toHaveLength(1);
  expect(markdown).not.toMatch(/\n\n\n|[ \t]\n|\n\n$/);
  expect(markdown.endsWith('\n')).toBe(true);
});

test('in the results of the project the report leads to the guide, and names the run as the project does', async () => {
  const project = await temporaryFolder();
  const folder = join(project, 'results/reported/20260101T000000.000Z');
  await cp(poorFolder, folder, { recursive: true });
  await mkdir(join(project, 'docs/experiments'), { recursive: true });
  await writeFile(join(project, 'docs/experiments/reported.md'), '# Reported');
  await deriveAgain(reportExperiment, folder, signal);
  const markdown = await contentOf(folder, 'report.md');
  expect(markdown).toContain('[docs/experiments/reported.md](../../../docs/experiments/reported.md)');
  expect(markdown).toContain('npm run lab -- report results/reported/20260101T000000.000Z\n');
});

test('a page with a hostile text in every place has no element that the text asked for', async () => {
  const html = await contentOf(poorFolder, 'report.html');
  expect(html.includes(`&lt;${hostile.slice(1, 10)}`)).toBe(true);
  expect(html.includes('<img')).toBe(false);
});

test('samples that are too large for the page lie beside it, and the page says so', async () => {
  const folder = join(await temporaryFolder(), 'large');
  await cp(poorFolder, folder, { recursive: true });
  // Digests do not get smaller by packing.
  const digests = Array.from({ length: 60_000 }, (_, index) =>
    createHash('sha256').update(`${index}`).digest('base64'),
  );
  const rows = Array.from({ length: 60 }, (_, index) => [
    'on_prem',
    `image#${index}`,
    `${index * 1_000}`,
    '20',
    digests.slice(index * 1_000, (index + 1) * 1_000).join(''),
  ]);
  const header = ['arm', 'unit', 'startedAtMs', 'durationMs', 'remark'];
  await writeFile(join(folder, 'samples.csv'), toCsv([header, ...rows]));
  await deriveAgain(reportExperiment, folder, signal);
  const html = await contentOf(folder, 'report.html');
  expect(html.includes('<a href="samples.csv">samples.csv</a>. It is too large for this page')).toBe(true);
  expect(html.length).toBeLessThan(1_000_000);
});

test('equal samples give equal reports, byte for byte', async () => {
  const names = ['report.html', 'report.md'];
  const before = await Promise.all(names.map((name) => contentOf(poorFolder, name)));
  await deriveAgain(reportExperiment, poorFolder, signal);
  expect(await Promise.all(names.map((name) => contentOf(poorFolder, name)))).toEqual(before);
});
