import type { ImageRecord } from '@skyground/metrics';
import type { TopLevelSpec } from 'vega-lite';

/** Everything a chart may depend on: equal input, equal picture. */
export interface ChartInput {
  readonly records: readonly ImageRecord[];
  /** What the cloud side ran on, as the reader shall see it, for example `cloud (local)`. */
  readonly targetLabel: string;
  readonly runId: string;
  /** Seeds the bootstrap behind every interval. */
  readonly seed: number;
}

/** The numbers of a chart as text, for readers who cannot or do not want to look at the picture. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Chart {
  /** File name without extension. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences below the picture: what it says, computed from the data, and how to read it. */
  readonly readingSentence: (input: ChartInput) => string;
  /** What a person who cannot see the picture needs to know. */
  readonly altText: (input: ChartInput) => string;
  readonly table: (input: ChartInput) => DataTable;
  readonly spec: (input: ChartInput) => TopLevelSpec;
}
