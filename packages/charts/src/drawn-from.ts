import type { Chart, ChartInput } from './chart.ts';
import type { DrawnChart } from './drawn-chart.ts';

/** A chart of the main comparison as data: one that can stand among those of an experiment. */
export const drawnFrom = (chart: Chart, input: ChartInput): DrawnChart => ({
  id: chart.id,
  title: chart.title,
  readingSentence: chart.readingSentence(input),
  altText: chart.altText(input),
  table: chart.table(input),
  spec: chart.spec(input),
});
