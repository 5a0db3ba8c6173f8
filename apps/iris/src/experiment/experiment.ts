import { hostArchitecture } from '@skyground/cloud';
import { defineExperiment, type Plan } from '@skyground/experiment';
import { analysis } from './analysis.ts';
import { blocksOf } from './blocks.ts';
import { charts } from './charts.ts';
import { deployment } from './deployment.ts';
import { files } from './files.ts';
import { type Parameters, parametersSchema } from './parameters.ts';
import { run } from './run.ts';
import { loadSample, observe, sampleSchema } from './sample.ts';
import { summarise } from './summary.ts';
import { tables } from './tables.ts';
import { estimatedDurationMs, estimatedUsage, usageOf } from './usage.ts';
import { verdict } from './verdict.ts';

/** The IRIS classifier under load, with cold and warm requests told apart, and what shortens a cold start. */
export const iris = defineExperiment({
  id: 'iris',
  title: 'Model serving and cold starts',
  question: 'How much longer does a request take that has to wait for a new environment, and what helps?',
  parameters: parametersSchema,
  sample: sampleSchema,
  durationCovers: 'span',
  libraryVersions: async () => ({}),
  plan,
  deployment: (parameters: Parameters, { settings, target }) => deployment(parameters, settings, target),
  // Response times are of the client's clock, and what the log tells are durations: no figure is across two clocks.
  conditions: async () => ({ clockOffset: null }),
  run,
  observe,
  loadSample,
  summarise,
  verdict,
  usage: usageOf,
  tables,
  analysis,
  charts,
  files,
});

async function plan(parameters: Parameters): Promise<Plan> {
  return {
    units: blocksOf(parameters).flatMap(({ units }) => units),
    estimatedDurationMs: estimatedDurationMs(parameters),
    estimatedUsage: estimatedUsage(parameters, hostArchitecture() === 'arm64' ? 'arm64' : 'x86_64'),
  };
}
