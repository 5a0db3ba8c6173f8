import { distributionChart as build } from '../build/distribution.ts';
import { runLine } from '../frame.ts';
import { pairedSentence } from '../paired-sentence.ts';
import { builtChart } from './built.ts';
import { PROCESSING_TIME, sideValues } from './side-values.ts';

const NAME = { id: 'distribution', title: 'Distribution of processing time' };

export const distributionChart = builtChart(NAME, (input) =>
  build({
    ...NAME,
    measure: PROCESSING_TIME,
    thing: 'image',
    arms: sideValues(input),
    remark: pairedSentence(input),
    lines: [runLine(input)],
  }),
);
