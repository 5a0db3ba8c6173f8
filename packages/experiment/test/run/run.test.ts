import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type AnyExperiment,
  deleteRun,
  deriveAgain,
  exitCodeOf,
  type RunEvent,
  resumeRun,
  runExperiment,
  showRun,
} from '../../src/index.ts';
import { type DummyContext, dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { contentOf, folderOf, resumeDummy, runAsProcess, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const running = new AbortController().signal;

test('a run leaves a folder with all that was measured and all that follows from it', async () => {
  const results = await temporaryFolder();
  const { outcome, events } = await runDummy(results, { repetitions: { value: 8, origin: 'flag' } });
  expect(outcome).toMatchObject({ kind: 'valid', verdict: { headline: 'hare wins.' } });
  expect(exitCodeOf(outcome)).toBe(0);
  const folder = folderOf(outcome);
  expect(folder).toMatch(/\/dummy\/\d{8}T\d{6}\.\d{3}Z$/);
  expect((await readdir(folder)).toSorted()).toEqual(
    [
      'charts',
      'checks.json',
      'files.json',
      'manifest.json',
      'podium.html',
      'report.html',
      'report.md',
      'run.lock',
      'run.log',
      'samples.csv',
      'summary.json',
      'tables',
    ].toSorted(),
  );
  expect((await readdir(join(folder, 'charts'))).toSorted()).toEqual(['mean_times.png', 'mean_times.svg']);
  const [header, ...lines] = (await contentOf(folder, 'samples.csv')).split('\n');
  expect(header).toBe('animal,job,startedAtMs,durationMs,isCold,remark');
  expect(lines).toHaveLength(8 * 2 + 1);
  expect(events.map(({ type }) => type)).toEqual([
    'runStarted',
    'progress',
    ...Array<string>(16).fill('sampleRecorded'),
    'derived',
    'runFinished',
  ]);
  expect(await contentOf(folder, 'run.log')).toMatch(/Z info hare wins\.\n(.*\n)*.*ended with exit code 0/);
});

test('cold starts in one arm only: the run ends with exit code 3, and says so in its files', async () => {
  const results = await temporaryFolder();
  const order = {
    resultsFolder: results,
    resume: null,
    seed: 1,
    repetitions: 8,
    variant: 'cold hare',
    end: null,
  } as const;
  expect(await runAsProcess(order)).toMatchObject({ exitCode: 3, stderr: '' });
  const folder = join(results, 'dummy', (await readdir(join(results, 'dummy')))[0] ?? '');
  const shown = await showRun(folder);
  expect(shown).toMatchObject({ isValid: false, verdict: { headline: 'hare wins.' } });
  expect(shown.findings).toContainEqual(
    expect.objectContaining({ checkId: 'cold-imbalance', severity: 'error', arms: ['hare'] }),
  );
  expect(await contentOf(folder, 'run.log')).toContain('error cold-imbalance: ');
});

test('everything derived can be derived again, byte for byte', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder())).outcome);
  const derived = [
    'checks.json',
    'summary.json',
    'charts/mean_times.svg',
    'charts/mean_times.png',
    'tables/mean_times.csv',
    'podium.html',
    'files.json',
    'report.html',
  ];
  const before = await Promise.all(derived.map((name) => contentOf(folder, name)));
  for (const name of ['checks.json', 'summary.json', 'charts', 'tables', 'podium.html', 'files.json'])
    await rm(join(folder, name), { recursive: true });
  await deriveAgain(dummyExperiment, folder, running);
  expect(await Promise.all(derived.map((name) => contentOf(folder, name)))).toEqual(before);
});

test('one folder has one runner: another process, a derivation and a deletion are refused meanwhile', async () => {
  const results = await temporaryFolder();
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const waiting: AnyExperiment = {
    ...dummyExperiment,
    run: async (context: DummyContext) => {
      started.resolve();
      await release.promise;
      await dummyExperiment.run(context);
    },
  };
  const options = {
    resultsFolder: results,
    cloud: noFlags,
    emit: () => undefined,
    signal: running,
  };
  const first = runExperiment(waiting, {}, options);
  try {
    await started.promise;
    const folder = join(results, 'dummy', (await readdir(join(results, 'dummy')))[0] ?? '');
    expect((await showRun(folder)).status).toBe('running');
    const order = {
      resultsFolder: results,
      resume: folder,
      seed: 1,
      repetitions: 8,
      variant: 'fair',
      end: null,
    } as const;
    expect(await runAsProcess(order)).toMatchObject({ exitCode: 1 });
    const refusal = 'another process is running or deriving this run';
    expect((await resumeDummy(folder)).outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(refusal),
    });
    await expect(deriveAgain(dummyExperiment, folder, running)).rejects.toThrow(refusal);
    await expect(deleteRun(folder)).rejects.toThrow(refusal);
  } finally {
    release.resolve();
  }
  expect((await first).kind).toBe('valid');
});

test('a finished run is not resumed', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder())).outcome);
  const manifest = await contentOf(folder, 'manifest.json');
  const { outcome } = await resumeDummy(folder);
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringContaining('nothing to resume') });
  expect(exitCodeOf(outcome)).toBe(2);
  expect(await contentOf(folder, 'manifest.json')).toBe(manifest);
});

test('a run that came back too early is not valid, and can be resumed', async () => {
  const lazy: AnyExperiment = {
    ...dummyExperiment,
    run: (context: DummyContext) => dummyExperiment.run({ ...context, units: context.units.slice(0, 20) }),
  };
  const options = {
    resultsFolder: await temporaryFolder(),
    cloud: noFlags,
    emit: () => undefined,
    signal: running,
  };
  const outcome = await runExperiment(lazy, {}, options);
  expect(outcome).toMatchObject({
    kind: 'not valid',
    findings: expect.arrayContaining([expect.objectContaining({ checkId: 'missing-rows' })]),
  });
  expect((await resumeDummy(folderOf(outcome))).outcome.kind).toBe('valid');
});

test.each<[string, (context: DummyContext) => Promise<void>, string]>([
  [
    'repeats a unit',
    async (context) => {
      await dummyExperiment.run(context);
      // Swallowed: the run fails all the same.
      await dummyExperiment.run(context).catch(() => undefined);
    },
    'Unit race#1 of tortoise has a row already',
  ],
  [
    'measures NaN',
    (context) =>
      dummyExperiment.run({
        ...context,
        record: (sample) => context.record({ ...sample, durationMs: Number.NaN }),
      }),
    'A sample does not fit its schema',
  ],
  ['breaks', () => Promise.reject(new Error('the hare fell asleep')), 'the hare fell asleep'],
])('an experiment that %s fails, and keeps what was measured', async (_, run, message) => {
  const events: RunEvent[] = [];
  const options = {
    resultsFolder: await temporaryFolder(),
    cloud: noFlags,
    emit: (event: RunEvent) => void events.push(event),
    signal: running,
  };
  const broken: AnyExperiment = { ...dummyExperiment, run };
  const outcome = await runExperiment(broken, {}, options);
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining(message) });
  expect(exitCodeOf(outcome)).toBe(1);
  expect(events.at(-1)).toEqual({ type: 'runFinished', outcome });
  const folder = outcome.kind === 'failed' ? (outcome.folder ?? '') : '';
  expect(await showRun(folder)).toMatchObject({ status: 'failed' });
  const resumed = await resumeRun(dummyExperiment, folder, { emit: () => undefined, signal: running });
  expect(resumed.kind).toBe('valid');
});

test('a row that comes after the end is refused', async () => {
  let late: DummyContext | undefined;
  const leaking: AnyExperiment = {
    ...dummyExperiment,
    run: async (context: DummyContext) => {
      late = context;
      await dummyExperiment.run(context);
    },
  };
  const options = {
    resultsFolder: await temporaryFolder(),
    cloud: noFlags,
    emit: () => undefined,
    signal: running,
  };
  const folder = folderOf(await runExperiment(leaking, {}, options));
  const before = await contentOf(folder, 'samples.csv');
  const row = {
    animal: 'hare',
    job: 'nap#1',
    startedAtMs: 0,
    durationMs: 1,
    isCold: false,
    remark: null,
  } as const;
  await expect(late?.record(row)).rejects.toThrow('after the run had ended');
  expect(await contentOf(folder, 'samples.csv')).toBe(before);
});
