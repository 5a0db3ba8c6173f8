import { defineExperiment } from '@skyground/experiment';
import { imagePipelineDeclaration } from '../declaration.ts';
import { charts } from './charts/charts.ts';
import { checks } from './checks/all.ts';
import { conditions } from './conditions.ts';
import { analysis } from './output/analysis.ts';
import { files } from './output/files.ts';
import { tables } from './output/tables.ts';
import { verdict } from './output/verdict.ts';
import { parametersSchema } from './parameters.ts';
import { plan } from './plan.ts';
import { run } from './run.ts';
import { observe, sampleSchema } from './sample.ts';
import { summarise } from './summary/summary.ts';
import { usageOf } from './usage.ts';

/** One workflow under three orchestrators: who starts the aggregator, and what that is worth. */
export const imagePipeline = defineExperiment({
  id: 'image-pipeline',
  title: 'Fan-in of the image pipeline',
  question:
    'How much sooner is the complete result there when the first branch starts the aggregator instead of the last, and what can that gain at most?',
  parameters: parametersSchema,
  sample: sampleSchema,
  durationCovers: 'span',
  libraryVersions: async () => {
    const { default: sharp } = await import('sharp');
    return { sharp: sharp.versions.sharp ?? 'unknown', libvips: sharp.versions.vips };
  },
  plan,
  deployment: (_parameters, { settings, target }) => imagePipelineDeclaration(settings, target),
  conditions,
  run,
  observe,
  checks,
  summarise,
  verdict,
  usage: usageOf,
  tables,
  analysis,
  charts,
  files,
});
