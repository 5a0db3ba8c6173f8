import type { Chart, ChartInput } from '../chart.ts';
import type { DrawnChart } from '../drawn-chart.ts';

/** A chart of the main comparison that a builder draws. Its parts are asked for one by one, and are worked out once an input. */
export const builtChart = (
  { id, title }: Pick<Chart, 'id' | 'title'>,
  build: (input: ChartInput) => DrawnChart,
): Chart => {
  const known = new WeakMap<ChartInput, DrawnChart>();
  const drawn = (input: ChartInput): DrawnChart => {
    const chart = known.get(input) ?? build(input);
    known.set(input, chart);
    return chart;
  };
  return {
    id,
    title,
    spec: (input) => drawn(input).spec,
    readingSentence: (input) => drawn(input).readingSentence,
    altText: (input) => drawn(input).altText,
    table: (input) => drawn(input).table,
  };
};
