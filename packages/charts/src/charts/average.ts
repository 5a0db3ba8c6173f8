import { barsChart } from '../build/bars.ts';
import { describeSides, runLine } from '../frame.ts';
import { summariseBoth } from '../summary.ts';
import { builtChart } from './built.ts';
import { PROCESSING_TIME } from './side-values.ts';

const NAME = { id: 'average-processing-time', title: 'Average processing time per image' };

export const averageChart = builtChart(NAME, (input) =>
  barsChart({
    ...NAME,
    measure: PROCESSING_TIME,
    statistic: 'mean',
    bars: summariseBoth(input).map(({ label, summary }) => ({
      label,
      figure: summary?.meanInterval ?? null,
    })),
    remark:
      'Means are of warm images; shorter is faster. A few slow images pull a mean, so read it together with the distribution.',
    lines: ['bootstrap intervals of the mean, warm images only', ...describeSides(input), runLine(input)],
  }),
);
