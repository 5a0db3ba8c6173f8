import { ecdfChart as build } from '../build/ecdf.ts';
import { runLine } from '../frame.ts';
import { builtChart } from './built.ts';
import { PROCESSING_TIME, sideValues } from './side-values.ts';

const NAME = { id: 'ecdf', title: 'Share of images finished within a time' };

export const ecdfChart = builtChart(NAME, (input) =>
  build({
    ...NAME,
    measure: PROCESSING_TIME,
    thing: 'image',
    arms: sideValues(input),
    lines: [runLine(input)],
  }),
);
