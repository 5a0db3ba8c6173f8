import { barsChart, type DrawnChart } from '@skyground/charts';
import { bootstrapInterval } from '@skyground/statistics';
import { comparedRows } from '../comparison/rows.ts';
import { variationByImage } from '../comparison/side-summary.ts';
import type { Sample } from './sample.ts';

/** Equal samples give equal intervals. */
const seed = 1;

export function stabilityChart(
  targetLabel: string,
  onPrem: readonly Sample[],
  cloud: readonly Sample[],
): DrawnChart {
  const bar = (label: string, rows: readonly Sample[]) => ({
    label,
    figure: bootstrapInterval(
      variationByImage(comparedRows(rows)).map(({ value }) => 100 * value),
      'median',
      { seed },
    ),
  });
  return barsChart({
    id: 'stability',
    title: 'How much the same image varies',
    measure: { name: 'coefficient of variation of an image', unit: '%' },
    statistic: 'median',
    bars: [bar('on-prem', onPrem), bar(targetLabel, cloud)],
    remark:
      'Of each image the standard deviation of its repetitions over their mean: how large the images are plays no part.',
  });
}
