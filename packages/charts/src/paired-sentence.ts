import { pairByKey, pairedMedianRatio } from '@skyground/statistics';
import type { ChartInput } from './chart.ts';
import { formatNumber, plural } from './format.ts';
import { type MeasuredRow, warmRows } from './rows.ts';
import { sideLabel } from './sides.ts';
import { bootstrapOptions, CONFIDENCE_PERCENT } from './summary.ts';

const keyed = (rows: readonly MeasuredRow[]) =>
  rows.map((row) => ({ key: row.image, value: row.processingTimeMs }));

const faster = (input: ChartInput, cloudOverOnPrem: number): string =>
  cloudOverOnPrem >= 1
    ? `on-prem is ${formatNumber(cloudOverOnPrem)} times as fast`
    : `${sideLabel('cloud', input)} is ${formatNumber(1 / cloudOverOnPrem)} times as fast`;

/** Which side is faster on the same images, with its interval; empty where no image was done on both sides. */
export const pairedSentence = (input: ChartInput): string => {
  const { pairs } = pairByKey(keyed(warmRows(input, 'cloud')), keyed(warmRows(input, 'on_prem')));
  const result = pairedMedianRatio(pairs, bootstrapOptions(input));
  const images = plural(pairs.length, 'image');
  if (result.kind === 'not positive') return '';
  if (result.kind === 'too few') {
    return result.ratio === null
      ? ''
      : `Image by image ${faster(input, result.ratio)} (median ratio of ${images}; too few for an interval).`;
  }
  if (result.low <= 1 && result.high >= 1) {
    return `Image by image neither side is clearly faster: the ${CONFIDENCE_PERCENT} % interval of the median ratio cloud to on-prem runs from ${formatNumber(result.low)} to ${formatNumber(result.high)} (${images}).`;
  }
  const [low, high] = result.ratio >= 1 ? [result.low, result.high] : [1 / result.high, 1 / result.low];
  return `Image by image ${faster(input, result.ratio)} (median ratio of ${images}, ${CONFIDENCE_PERCENT} % interval ${formatNumber(low)} to ${formatNumber(high)}).`;
};
