import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AnyExperiment,
  defineExperiment,
  describeParameters,
  exportSamples,
  runExperiment,
} from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { contentOf } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('flags and docs derive from the parameters', () => {
  expect(describeParameters(dummyExperiment.parameters)).toEqual([
    { name: 'repetitions', description: 'How often each animal runs', defaultValue: 12 },
    { name: 'variant', description: 'Whether the hare alone is woken up for each run', defaultValue: 'fair' },
    { name: 'slowdown', description: 'Factor on every duration', defaultValue: 1 },
  ]);
});

test.each<[string, Partial<AnyExperiment>, string]>([
  ['an id that is no folder name', { id: '../elsewhere' }, 'lower-case words with hyphens'],
  ['no question', { question: ' ' }, 'expected a title and a question'],
  [
    'a parameter without a default',
    { parameters: z.strictObject({ n: z.int().describe('Count') }) },
    'Parameter n',
  ],
  [
    'a parameter without a description',
    { parameters: z.strictObject({ n: z.int().default(1) }) },
    'Parameter n',
  ],
  ['parameters that take anything', { parameters: z.object({}) }, 'the parameters to be a z.strictObject'],
  [
    'samples that take anything',
    { sample: z.looseObject({ a: z.string() }) },
    'the sample to be a z.strictObject',
  ],
  ['samples without members', { sample: z.strictObject({}) }, 'at least one member'],
  ['a list in a cell', { sample: z.strictObject({ a: z.array(z.string()) }) }, 'Sample member a'],
  [
    'a member that may be missing',
    { sample: z.strictObject({ a: z.string().optional() }) },
    'Sample member a',
  ],
])('an experiment with %s is refused where it is declared', (_, wrong, message) => {
  const sound: AnyExperiment = dummyExperiment;
  expect(() => defineExperiment({ ...sound, ...wrong })).toThrow(message);
});

const sample = z.strictObject({
  place: z.int(),
  text: z.string().nullable(),
  value: z.number().nullable(),
  flag: z.boolean().nullable(),
  kind: z.enum(['a', 'b,c', '']),
});

test('any samples survive the file: text on one line, numbers with all digits, null and empty apart', async () => {
  const samples = fc.sample(
    fc.record({
      text: fc.option(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '"', 'a\r\nb', '1e3', 'null')),
      ),
      value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      flag: fc.option(fc.boolean()),
      kind: fc.constantFrom('a' as const, 'b,c' as const, '' as const),
    }),
    { numRuns: 500, seed: 1 },
  );
  const hoarder = defineExperiment({
    id: 'hoarder',
    title: 'Hoarder',
    question: 'Is everything kept?',
    durationCovers: 'span',
    libraryVersions: async () => ({}),
    conditions: async () => ({ clockOffset: null }),
    parameters: z.strictObject({}),
    sample,
    plan: async () => ({
      units: samples.map((_one, index) => ({ arm: 'all', unit: `n#${index}` })),
      estimatedDurationMs: 0,
    }),
    run: async (context) => {
      for (const [place, one] of samples.entries()) await context.record({ place, ...one });
    },
    observe: ({ place }) => ({
      arm: 'all',
      unit: `n#${place}`,
      dueAtMs: null,
      startedAtMs: place,
      endedAtMs: place + 1,
      durationMs: 1,
      outcome: 'succeeded',
      start: 'warm',
      didWork: true,
      variant: null,
      isCompared: true,
      payload: null,
    }),
    summarise: (all) => all.length,
    verdict: (count) => ({ headline: `${count} kept`, sentences: [] }),
    charts: () => [],
  });
  const resultsFolder = await temporaryFolder();
  const outcome = await runExperiment(
    hoarder,
    {},
    {
      resultsFolder,
      cloud: noFlags,
      emit: () => undefined,
      signal: new AbortController().signal,
    },
  );
  if (outcome.kind === 'failed' || outcome.kind === 'stopped' || outcome.kind === 'usage')
    throw new Error(outcome.message);
  expect(outcome.verdict.headline).toBe('500 kept');
  const path = join(resultsFolder, 'samples.json');
  await exportSamples(hoarder, outcome.folder, { format: 'json', path });
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(
    samples.map(({ text, value, ...one }, place) => ({
      place,
      text: text?.toWellFormed().replaceAll(/[\r\n]+/g, ' ') ?? null,
      // JSON has no -0 either.
      value: value === 0 ? 0 : value,
      ...one,
    })),
  );
  expect((await contentOf(outcome.folder, 'samples.csv')).split('\n')).toHaveLength(502);
});

test('a summary that JSON would change in silence fails by name', async () => {
  const nowhere = { ...dummyExperiment, summarise: () => [{ animal: 'hare' as const, n: 0, meanMs: 0 / 0 }] };
  const outcome = await runExperiment(
    nowhere,
    {},
    {
      resultsFolder: await temporaryFolder(),
      cloud: noFlags,
      emit: () => undefined,
      signal: new AbortController().signal,
    },
  );
  expect(outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('summary[0].meanMs is NaN'),
  });
});
