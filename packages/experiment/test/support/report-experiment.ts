import { z } from 'zod';
import { defineExperiment, type RunContext, runExperiment } from '../../src/index.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { folderOf } from './dummy-runs.ts';

export const hostile = '<img src=x onerror="alert(1)"></script>&\'`|*_[x](javascript:alert(2))';
/** One of them is a text that came from outside. */
const arms: readonly string[] = ['on_prem', `cloud ${hostile}`];

const parameters = z.strictObject({
  repetitions: z.int().positive().default(24).describe('How often each arm runs'),
  note: z.string().default('none').describe(`A text of the person's own: ${hostile}`),
  sizes: z.array(z.int()).default([1, 2]).describe('Sizes, which nothing depends on'),
  isQuick: z.boolean().default(false).describe('Whether half of it is enough'),
});

const sample = z.strictObject({
  arm: z.string(),
  unit: z.string(),
  startedAtMs: z.number(),
  durationMs: z.number(),
  remark: z.string(),
});

type Sample = z.output<typeof sample>;
type Parameters = z.output<typeof parameters>;

export function sampleAt(index: number, armIndex: number): Sample {
  // Any fixed sequence without a period that shows.
  const share = (index * 0.618_033_988_7) % 1;
  return {
    arm: arms[armIndex] ?? '',
    unit: `image ${hostile}#${index + 1}`,
    startedAtMs: Date.UTC(2026, 10, 21) + (index * 2 + armIndex) * 100,
    durationMs: 20 + armIndex * 15 + share * 5 + (index % 23 === 7 ? 40 : 0),
    remark: hostile,
  };
}

/** Rows of the charts, the first of them as charts do where there are too many to draw. */
const times = (samples: readonly Sample[]) =>
  samples.slice(0, 2_000).map(({ arm, durationMs, startedAtMs }, index) => ({
    arm,
    index: Math.floor(index / arms.length),
    startedS: (startedAtMs - Date.UTC(2026, 10, 21)) / 1000,
    durationMs,
  }));

/** What every part of a report is filled from: a bill, tables of its own, thresholds, charts with and without zoom, hostile texts. */
export const reportExperiment = defineExperiment({
  id: 'reported',
  title: `Images on two sides ${hostile}`,
  question: `Which side is faster? ${hostile}`,
  parameters,
  sample,
  durationCovers: 'part',
  libraryVersions: async () => ({ sharp: '0.35.5' }),
  plan: async ({ repetitions }: Parameters) => ({
    units: Array.from({ length: repetitions }, (_, index) =>
      arms.map((arm) => ({ arm, unit: `image ${hostile}#${index + 1}` })),
    ).flat(),
    estimatedDurationMs: repetitions * 60,
  }),
  conditions: async () => ({ clockOffset: { offsetMs: 1.2, uncertaintyMs: 0.8 } }),
  run: async (context: RunContext<Parameters, Sample>) => {
    for (const { arm, unit } of context.units) {
      const index = Number(unit.split('#').at(-1)) - 1;
      await context.record(sampleAt(index, arms.indexOf(arm)));
    }
  },
  observe: ({ arm, unit, startedAtMs, durationMs }: Sample) => ({
    arm,
    unit,
    dueAtMs: null,
    startedAtMs,
    endedAtMs: startedAtMs + durationMs + 10,
    durationMs,
    outcome: 'succeeded' as const,
    start: 'warm' as const,
    didWork: true,
    variant: null,
    isCompared: true,
    payload: null,
  }),
  summarise: (samples: readonly Sample[]) => ({ n: samples.length }),
  verdict: () => ({
    headline: `on-prem is 1.7 times as fast as cloud (local) per image (95 % interval 1.6 to 1.8). ${hostile}`,
    sentences: ['Of the same images, each on both sides.', `Steadier: on-prem. ${hostile}`],
  }),
  usage: (samples: readonly Sample[]) => ({
    lambda: [
      {
        architecture: 'arm64' as const,
        memoryMb: 512,
        requests: samples.length,
        billedMs: samples.length * 40,
      },
    ],
    s3: { putRequests: samples.length, getRequests: samples.length },
  }),
  tables: ({ n }) => [
    {
      id: 'stages',
      title: `Stages ${hostile}`,
      note: 'Time of each stage, in ms.',
      columns: ['', 'mean (ms)', 'share'],
      rows: [
        ['download', '1,204.5', '7 %'],
        ['process', '30.2', '86 %'],
        ['upload', 'too few', '7 %'],
        [hostile, String(n), '0 %'],
      ],
    },
    {
      id: 'sides',
      title: 'Both sides',
      note: 'Figures by name.',
      columns: ['', 'on-prem'],
      rows: [
        ['median', '22.1 ms'],
        ['share that failed', '0 %'],
        ['images', '4 of 4'],
      ],
    },
  ],
  analysis: ({ n }) => [
    {
      title: `Where the time goes ${hostile}`,
      paragraphs: [
        `Of ${n} images each went through both sides, so that no difference between images is taken for one between sides.`,
        `The transfer costs more than the work itself. ${hostile}`,
      ],
    },
    {
      title: 'What would change it',
      paragraphs: ['Larger images: their work grows faster than their transfer.'],
    },
  ],
  files: () => [
    {
      path: 'locust_logs/test_stats.csv',
      title: `Figures as Locust writes them ${hostile}`,
      content: 'Type,Name\n',
    },
    {
      path: 'locust_logs/a_folder_of_a_long_name/and_a_file_of_a_name_that_no_narrow_page_can_hold.html',
      title: 'A page',
      content: hostile,
    },
  ],
  charts: (_summary, samples) => [
    {
      id: 'durations',
      title: `Durations ${hostile}`,
      readingSentence: `Shorter is faster. ${hostile}`,
      altText: `Points of the time of each image ${hostile}`,
      table: {
        columns: ['image', 'arm', 'time (ms)'],
        rows: times(samples).map(({ arm, index, durationMs }) => [String(index), arm, durationMs.toFixed(2)]),
      },
      spec: {
        title: 'Durations',
        width: 640,
        height: 300,
        config: { aria: false, background: '#ffffff' },
        data: { values: times(samples) },
        mark: 'point',
        encoding: {
          x: { field: 'index', type: 'quantitative' },
          y: { field: 'durationMs', type: 'quantitative' },
          color: { field: 'arm', type: 'nominal', legend: { orient: 'bottom', labelLimit: 200 } },
        },
      },
    },
    {
      id: 'timeline',
      title: 'Timeline',
      readingSentence: 'Every image at its time.',
      altText: 'Bars of each image over time',
      table: { columns: ['images'], rows: [[String(samples.length)]] },
      spec: {
        width: 640,
        height: 120,
        config: { aria: false },
        params: [
          {
            name: 'zoom',
            select: { type: 'interval', encodings: ['x'], zoom: 'wheel![event.ctrlKey || event.metaKey]' },
            bind: 'scales',
          },
        ],
        data: { values: times(samples) },
        mark: 'tick',
        encoding: {
          x: { field: 'startedS', type: 'quantitative' },
          y: { field: 'arm', type: 'nominal', axis: { labelLimit: 100 } },
        },
      },
    },
  ],
});

/** The folder of a run with too few samples and a threshold that was not kept. */
export async function runPoorly(resultsFolder: string): Promise<string> {
  const outcome = await runExperiment(
    reportExperiment,
    {
      repetitions: { value: 4, origin: 'flag' },
      note: { value: "it's", origin: 'environment' },
      sizes: { value: [3, 4], origin: 'flag' },
      isQuick: { value: true, origin: 'flag' },
    },
    {
      resultsFolder,
      cloud: noFlags,
      seed: 7,
      emit: () => undefined,
      signal: new AbortController().signal,
      commandLine: ['lab', 'reported', '--repetitions=4'],
      thresholds: ['on_prem: p(50)<1', 'failed:rate<0.5'],
    },
  );
  return folderOf(outcome);
}
