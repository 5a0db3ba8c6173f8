import { type DrawnChart, distributionChart, ecdfChart, timelineChart } from '@skyground/charts';
import { defineExperiment, type RunContext, UsageError } from '@skyground/experiment';
import { type Parameters, parametersSchema } from './parameters.ts';
import { readRecording } from './read-recording.ts';
import { observe, type Sample, sampleSchema } from './sample.ts';
import { type Summary, summarise, tables, verdict } from './summary.ts';

/** What JMeter or Locust measured, in the checks, statistics, charts and comparisons of everything else. Nothing is sent. */
export const recordedLoad = defineExperiment({
  id: 'recorded-load',
  title: 'A load that JMeter or Locust recorded',
  question: 'How long did the endpoints take, and how often did they fail?',
  parameters: parametersSchema,
  sample: sampleSchema,
  durationCovers: 'part',
  libraryVersions: async () => ({}),
  plan: async ({ file }: Parameters) => ({
    units: (await readRecording(file)).map(({ endpoint, unit }) => ({ arm: endpoint, unit })),
    estimatedDurationMs: 1000,
  }),
  conditions: async () => ({ clockOffset: null }),
  run: async (context: RunContext<Parameters, Sample>) => {
    const { parameters, units, signal } = context;
    const samples = await readRecording(parameters.file);
    const byUnit = new Map(samples.map((sample) => [JSON.stringify([sample.endpoint, sample.unit]), sample]));
    for (const { arm, unit } of units) {
      signal.throwIfAborted();
      const sample = byUnit.get(JSON.stringify([arm, unit]));
      if (sample === undefined) {
        throw new UsageError(
          `${parameters.file} has changed since the run was begun: expected ${unit} of ${arm}. Begin a new run.`,
        );
      }
      await context.record(sample);
    }
  },
  observe,
  summarise: (samples: readonly Sample[]) => summarise(samples),
  verdict,
  tables,
  charts,
});

function charts({ of }: Summary, samples: readonly Sample[]): readonly DrawnChart[] {
  const name = of === 'requests' ? 'response time' : 'mean response time of a second';
  const heading = { measure: { name, unit: 'ms' }, thing: of === 'requests' ? 'request' : 'second' };
  const arms = [...Map.groupBy(samples, ({ endpoint }) => endpoint)].map(([arm, own]) => ({
    arm,
    warm: own.flatMap(({ durationMs }) => durationMs ?? []),
    failed: own.filter(({ durationMs }) => durationMs === null).length,
  }));
  return [
    distributionChart({ id: 'distribution', title: 'Distribution by endpoint', ...heading, arms }),
    ecdfChart({ id: 'ecdf', title: 'Share of all within a time', ...heading, arms }),
    timelineChart({
      id: 'timeline',
      title: 'Over the run',
      ...heading,
      samples: samples.map(({ endpoint, startedAtMs, durationMs }) => ({
        arm: endpoint,
        startedAtMs,
        value: durationMs,
        start: 'warm',
        outcome: durationMs === null ? 'failed' : 'succeeded',
      })),
    }),
  ];
}
