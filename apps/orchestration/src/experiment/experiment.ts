import { defineExperiment } from '@skyground/experiment';
import { analysis } from './analysis.ts';
import { charts } from './charts.ts';
import { definitionTables } from './definition-tables.ts';
import { labTables } from './lab-tables.ts';
import { type Parameters, parametersSchema } from './parameters.ts';
import { declarationOf } from './place.ts';
import { plan } from './plan.ts';
import { run } from './run.ts';
import { observe, type Sample, sampleSchema } from './sample.ts';
import { type Summary, summarise } from './summary.ts';
import { sweepTables } from './sweep-tables.ts';
import { usageOf } from './usage.ts';
import { verdict } from './verdict.ts';

/** What Step Functions adds to the work that it coordinates: the lab's CHAIN and PARALLEL, and what that depends on. */
export const orchestration = defineExperiment({
  id: 'orchestration',
  title: 'Orchestration overhead of Step Functions',
  question:
    'How much time does the orchestrator add between and around functions, and when does that matter?',
  parameters: parametersSchema,
  sample: sampleSchema,
  durationCovers: 'part',
  libraryVersions: async () => ({}),
  plan,
  deployment: (parameters: Parameters, place) => declarationOf(parameters, place),
  // A duration is a difference of two events of one service; see docs/experiments/orchestration.md for the handlers' clocks.
  conditions: async () => ({ clockOffset: null }),
  run,
  observe,
  usage: (samples: readonly Sample[]) => usageOf(samples),
  summarise: (samples: readonly Sample[]) => summarise(samples),
  verdict,
  tables: ({ lab, sweeps }: Summary) => [...labTables(lab), ...definitionTables(lab), ...sweepTables(sweeps)],
  analysis,
  charts,
});
