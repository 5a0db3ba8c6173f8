import type { TopLevelSpec } from 'vega-lite';
import type { DataTable } from './chart.ts';

/** A chart of something already measured, as data: all that a picture, a page and a screen reader need, whatever was measured. */
export interface DrawnChart {
  /** File name without extension. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences below the picture: what it says and how to read it. */
  readonly readingSentence: string;
  /** What a person who cannot see the picture needs to know. */
  readonly altText: string;
  readonly table: DataTable;
  readonly spec: TopLevelSpec;
}
