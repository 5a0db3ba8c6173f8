import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isSent,
  type LoadSample,
  readJtl,
  readLocustExceptions,
  readLocustFailures,
  readLocustHistory,
  readLocustStats,
} from '@skyground/load';
import { expect, test } from 'vitest';
import { type AnyExperiment, exportSamples, type Observation } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Sample = Parameters<typeof dummyExperiment.observe>[0];

/** 5 races an animal, begun a second apart in turn; the first of the hare fails, its second is never sent, its third is warm-up. */
const mixed: AnyExperiment = {
  ...dummyExperiment,
  observe: (sample: Sample): Observation => {
    const observation = { ...dummyExperiment.observe(sample), payload: { expectedBytes: 9, actualBytes: 7 } };
    if (sample.animal === 'tortoise') return { ...observation, endedAtMs: sample.startedAtMs + 1_500 };
    if (sample.job === 'race#1')
      return { ...observation, outcome: 'timed out', durationMs: null, endedAtMs: null };
    if (sample.job === 'race#2') return { ...observation, outcome: 'unsent', dueAtMs: 0, startedAtMs: null };
    return { ...observation, isCompared: sample.job !== 'race#3' };
  },
};

async function exported(experiment: AnyExperiment, format: 'jtl' | 'locust') {
  const results = await temporaryFolder();
  const folder = folderOf(
    (await runDummy(results, { repetitions: { value: 5, origin: 'flag' } }, { experiment })).outcome,
  );
  const path = join(results, 'out', 'load');
  const { files, samples, leftOut } = await exportSamples(experiment, folder, { format, path });
  expect((await readdir(join(results, 'out'))).map((name) => join(results, 'out', name)).toSorted()).toEqual(
    files.toSorted(),
  );
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return { path, files, texts, samples, leftOut };
}

test('a run is exported as a JTL: a row for each that was sent, labelled by arm, warm-up apart', async () => {
  const { files, texts, path, samples, leftOut } = await exported(mixed, 'jtl');
  expect(files).toEqual([path]);
  expect({ samples, leftOut }).toEqual({ samples: 9, leftOut: 1 });
  const rows = readJtl(texts[0] ?? '', path).filter(isSent);
  const startMs = Date.UTC(2026, 10, 21);
  expect(rows.slice(0, 4)).toMatchObject([
    // The tortoise is under way for 1.5 s when the hare begins 1 s after it; the hare before it has ended by then.
    { name: 'tortoise', status: 'ok', sentAtMs: startMs + 2_000, endedAtMs: startMs + 3_500, inFlight: 1 },
    { name: 'hare', status: 'failed', error: 'timed out', sentAtMs: startMs + 3_000, inFlight: 2 },
    { name: 'tortoise', responseCode: '200', receivedBytes: 7, sentBytes: 0 },
    { name: 'tortoise', status: 'ok' },
  ]);
  expect(rows.map(({ name }) => name).filter((name) => name.startsWith('hare'))).toEqual([
    'hare',
    'hare (not compared)',
    'hare',
    'hare',
  ]);
});

test('a run is exported as the four files of Locust', async () => {
  const { path, files, texts, samples } = await exported(mixed, 'locust');
  expect(files).toEqual(
    ['stats', 'stats_history', 'failures', 'exceptions'].map((name) => `${path}_${name}.csv`),
  );
  expect(samples).toBe(9);
  const [stats = '', history = '', failures = '', exceptions = ''] = texts;
  expect(
    readLocustStats(stats, 'stats').map(({ name, requests, failures: failed }) => [name, requests, failed]),
  ).toEqual([
    ['hare', 3, 1],
    ['hare (not compared)', 1, 0],
    ['tortoise', 5, 0],
    ['Aggregated', 9, 1],
  ]);
  expect(readLocustHistory(history, 'history').at(-1)).toMatchObject({
    name: 'Aggregated',
    totalRequests: 9,
  });
  expect(readLocustFailures(failures, 'failures')).toMatchObject([
    { name: 'hare', error: 'timed out', occurrences: 1 },
  ]);
  expect(readLocustExceptions(exceptions, 'exceptions')).toEqual([]);
});

test('an experiment that knows its requests exports them as they were', async () => {
  const requests: AnyExperiment = {
    ...dummyExperiment,
    loadSample: ({ animal, startedAtMs, durationMs }: Sample): LoadSample | null =>
      animal === 'hare'
        ? null
        : {
            sequence: 0,
            user: null,
            method: 'POST',
            name: '/race',
            dueAtMs: startedAtMs,
            status: 'failed',
            sentAtMs: startedAtMs,
            firstByteAtMs: null,
            endedAtMs: startedAtMs + (durationMs ?? 0),
            responseCode: '503',
            error: 'asleep',
            sentBytes: 3,
            receivedBytes: 4,
            answerId: null,
            inFlight: 2,
          },
  };
  const { texts, samples, leftOut } = await exported(requests, 'jtl');
  expect({ samples, leftOut }).toEqual({ samples: 5, leftOut: 5 });
  expect(texts[0]?.split('\n')[1]).toMatch(/^\d{13},4\d,\/race,503,asleep,.*,false,asleep,4,3,2,2,/);
});

test('what has no time is no request: nothing is written, and it is said which', async () => {
  const timeless: AnyExperiment = {
    ...dummyExperiment,
    observe: (sample: Sample) => ({ ...dummyExperiment.observe(sample), startedAtMs: null }),
  };
  const results = await temporaryFolder();
  const folder = folderOf((await runDummy(results)).outcome);
  const to = { format: 'locust', path: join(results, 'load') } as const;
  await expect(exportSamples(timeless, folder, to)).rejects.toThrow(
    'Unit race#1 of tortoise has no due or start time',
  );
  expect((await readdir(results)).toSorted()).toEqual(['.lock', 'dummy']);
});
