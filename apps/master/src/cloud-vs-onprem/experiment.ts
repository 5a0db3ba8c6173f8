import { hostArchitecture } from '@skyground/cloud';
import { defineExperiment, type Plan } from '@skyground/experiment';
import { onPremParametersOf } from './break-even.ts';
import { charts } from './charts.ts';
import { conditions } from './conditions.ts';
import { deployment } from './deployment.ts';
import { imagesOf } from './images.ts';
import { concurrencyOf, type Parameters, parametersSchema } from './parameters.ts';
import { roundsOf, unitOf } from './rounds.ts';
import { run } from './run.ts';
import { observe, type Sample, sampleSchema } from './sample.ts';
import { summarise } from './summary.ts';
import { tables } from './tables.ts';
import { estimatedUsage, usageOf } from './usage.ts';
import { verdict } from './verdict.ts';

/** Seconds that nobody has measured yet: said to be an estimate wherever they are shown. */
const estimated = { imageMs: 150, roundMs: 1500, sessionMs: 8000 };

/** The main comparison under the contract: repeated, interleaved, with scalability, steadiness and costs. */
export const cloudVsOnPrem = defineExperiment({
  id: 'cloud-vs-onprem',
  title: 'Cloud vs on-premises',
  question: 'Is the cloud or your own machine faster, cheaper, steadier, and which scales further?',
  parameters: parametersSchema,
  sample: sampleSchema,
  durationCovers: 'part',
  libraryVersions: async () => {
    const { default: sharp } = await import('sharp');
    return { sharp: sharp.versions.sharp ?? 'unknown', libvips: sharp.versions.vips };
  },
  plan,
  deployment: (parameters: Parameters, place) => deployment(parameters, place),
  conditions,
  run,
  observe,
  summarise,
  verdict,
  usage: (samples: readonly Sample[]) => usageOf(samples),
  tables,
  charts,
});

async function plan(parameters: Parameters): Promise<Plan> {
  // Said now, not after everything has been measured.
  onPremParametersOf(parameters.onPremCost);
  const images = (await imagesOf(parameters.images)).map(({ name }) => name);
  const rounds = roundsOf(parameters, images);
  const atOnce = Math.max(1, Math.min(parameters.workers, concurrencyOf(parameters)));
  const workMs = rounds.reduce(
    (sum, { tasks, width }) => sum + (tasks.length * estimated.imageMs) / Math.min(width, atOnce),
    0,
  );
  return {
    units: rounds.flatMap(({ arm, tasks }) => tasks.map((task) => ({ arm, unit: unitOf(task) }))),
    estimatedDurationMs: estimated.sessionMs + rounds.length * estimated.roundMs + workMs,
    estimatedUsage: estimatedUsage(parameters, images, hostArchitecture() === 'arm64' ? 'arm64' : 'x86_64'),
  };
}
