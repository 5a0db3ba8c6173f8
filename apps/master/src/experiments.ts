import type { AnyExperiment } from '@skyground/experiment';

/** One benchmark of the laboratory: loaded only when it is asked for, so that `--help` answers at once. */
export interface ListedExperiment {
  readonly id: string;
  load(): Promise<AnyExperiment>;
}

/** All experiments, in the order in which people see them. The only place that names them all. */
export const experiments: readonly ListedExperiment[] = [
  {
    id: 'cloud-vs-onprem',
    load: async () => (await import('./cloud-vs-onprem/experiment.ts')).cloudVsOnPrem,
  },
  {
    id: 'orchestration',
    load: async () => (await import('@skyground/orchestration/experiment')).orchestration,
  },
  {
    id: 'image-pipeline',
    load: async () => (await import('@skyground/image-pipeline/experiment')).imagePipeline,
  },
  { id: 'iris', load: async () => (await import('@skyground/iris/experiment')).iris },
  { id: 'recorded-load', load: async () => (await import('./recorded-load/experiment.ts')).recordedLoad },
];
