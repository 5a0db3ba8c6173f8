import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showRun } from '../../src/index.ts';
import type { DummyOrder } from '../fixtures/run-dummy.ts';
import {
  contentOf,
  folderOf,
  killedCopy,
  resumeDummy,
  runAsProcess,
  runDummy,
} from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const seed = 20_261_121;
const repetitions = 12;
/** Rows at which a run dies, drawn by a fixed lot; each later one counts from where the resume goes on. */
const rows = fc.sample(fc.integer({ min: 1, max: 5 }), { numRuns: 4, seed });

test('a run killed again and again, at any place, ends with the samples of a run in one go', async () => {
  const results = await temporaryFolder();
  const uninterrupted = folderOf(
    (
      await runDummy(
        await temporaryFolder(),
        { repetitions: { value: repetitions, origin: 'flag' } },
        { seed },
      )
    ).outcome,
  );
  const ends: readonly DummyOrder['end'][] = [
    { place: 'conditions' },
    { place: 'before row', row: rows[0] ?? 1 },
    { place: 'during row', row: rows[1] ?? 1 },
    { place: 'after row', row: rows[2] ?? 1 },
    { place: 'summary' },
    { place: 'charts' },
  ];
  let folder: string | null = null;
  let rowsBefore = 0;
  for (const end of ends) {
    const order = {
      resultsFolder: results,
      resume: folder,
      seed,
      repetitions,
      variant: 'fair',
      end,
    } as const;
    expect(await runAsProcess(order)).toMatchObject({ signal: 'SIGKILL', exitCode: null });
    const made: string[] = await readdir(join(results, 'dummy'));
    expect(made, 'every session goes on in the one folder').toHaveLength(1);
    folder = join(results, 'dummy', made[0] ?? '');
    expect((await showRun(folder)).status).toBe(
      end?.place === 'summary' || end?.place === 'charts' ? 'finished' : 'killed',
    );
    const rowsNow = await readFile(join(folder, 'samples.csv'), 'utf8').then(
      (text) => text.split('\n').length,
      () => 0,
    );
    expect(rowsNow).toBeGreaterThanOrEqual(rowsBefore);
    rowsBefore = rowsNow;
  }
  const { outcome, events } = await resumeDummy(folder ?? '');
  expect(outcome.kind).toBe('valid');
  // Everything was measured before the last kills: nothing is measured again.
  expect(events.filter(({ type }) => type === 'sampleRecorded')).toEqual([]);
  const { manifest } = await showRun(folder ?? '');
  const ended = manifest.sessions.map((session) => session.outcome);
  expect(ended).toEqual(['killed', 'killed', 'killed', 'killed', 'finished', 'finished', 'finished']);
  for (const name of ['samples.csv', 'summary.json', 'charts/mean_times.svg', 'tables/mean_times.csv']) {
    expect(await contentOf(folder ?? '', name)).toBe(await contentOf(uninterrupted, name));
  }
});

test('a stop keeps what was measured, ends with 130, and can be resumed', async () => {
  const results = await temporaryFolder();
  const order = { resultsFolder: results, resume: null, seed, repetitions, variant: 'fair' } as const;
  const stopped = await runAsProcess({ ...order, end: { place: 'stop after row', row: rows[3] ?? 1 } });
  expect(stopped).toMatchObject({ exitCode: 130, stderr: '' });
  const folder = join(results, 'dummy', (await readdir(join(results, 'dummy')))[0] ?? '');
  expect(await showRun(folder)).toMatchObject({ status: 'stopped', verdict: undefined });
  const { outcome, events } = await resumeDummy(folder);
  expect(outcome.kind).toBe('valid');
  expect(events.filter(({ type }) => type === 'sampleRecorded')).toHaveLength(
    repetitions * 2 - (rows[3] ?? 1),
  );
});

test.each([
  ['killed after', 'after row', 'killed'],
  ['stopped at', 'stop after row', 'finished'],
] as const)('a run %s its last row has everything: resuming it only derives', async (_, place, status) => {
  const resultsFolder = await temporaryFolder();
  const order = { resultsFolder, resume: null, seed, repetitions: 6, variant: 'fair' } as const;
  await runAsProcess({ ...order, end: { place, row: 12 } });
  const folder = join(resultsFolder, 'dummy', (await readdir(join(resultsFolder, 'dummy')))[0] ?? '');
  expect(await showRun(folder)).toMatchObject({ status, verdict: undefined });
  const { outcome, events } = await resumeDummy(folder);
  expect(outcome.kind).toBe('valid');
  expect(events.map(({ type }) => type)).toEqual(['derived', 'runFinished']);
  expect(await showRun(folder)).toMatchObject({ status: 'finished', isValid: true });
});

test('a row torn at any byte is removed, said, and measured again', async () => {
  const results = await temporaryFolder();
  const whole = folderOf((await runDummy(results)).outcome);
  const bytes = await readFile(join(whole, 'samples.csv'));
  const header = bytes.indexOf('\n') + 1;
  const summary = await contentOf(whole, 'summary.json');
  for (const cut of fc.sample(fc.integer({ min: 0, max: bytes.length - 1 }), { numRuns: 12, seed })) {
    const folder = await killedCopy(whole, join(results, 'cut', String(cut)), bytes.subarray(0, cut));
    const { outcome, events } = await resumeDummy(folder);
    expect(outcome.kind).toBe('valid');
    expect(await readFile(join(folder, 'samples.csv'))).toEqual(bytes);
    expect(await contentOf(folder, 'summary.json')).toBe(summary);
    const isTorn = cut > 0 && bytes[cut - 1] !== '\n'.charCodeAt(0);
    const warnings = events.flatMap((event) =>
      event.type === 'log' && event.level === 'warning' ? event.message : [],
    );
    expect(warnings).toEqual(isTorn ? [expect.stringContaining('was torn by a crash and removed')] : []);
    if (isTorn && cut > header) expect(await contentOf(folder, 'run.log')).toContain(warnings[0]);
  }
});
