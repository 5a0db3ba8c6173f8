import type { CostComparison } from '@skyground/cost';
import type { Knee, RatioResult, ScalabilityResult } from '@skyground/statistics';
import type { SideScaling } from './throughput.ts';
import { reachOf } from './throughput.ts';

type Volume = CostComparison['first'];

/** `2.31x (95 % interval 2.10 to 2.60)`. */
export function ratioWords({
  ratio,
  low,
  high,
  confidence,
}: Extract<RatioResult, { kind: 'ratio' }>): string {
  return `${ratio.toFixed(2)}x (${Math.round(confidence * 100)} % interval ${low.toFixed(2)} to ${high.toFixed(2)})`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function rate(imagesPerS: number): string {
  return `${imagesPerS.toFixed(imagesPerS < 10 ? 2 : 1)} images/s`;
}

/** `about 1,230,000 images a month`. */
export function volumeWords(volume: Volume, { range }: CostComparison): string {
  return `${volumeNumber(volume, range)} images a month`;
}

/** `about 1,000 to about 2,000 images a month`. */
export function volumeRangeWords(low: Volume, high: Volume, { range }: CostComparison): string {
  return `${volumeNumber(low, range)} to ${volumeNumber(high, range)} images a month`;
}

function volumeNumber(volume: Volume, range: CostComparison['range']): string {
  if (volume === 'below the range') return `less than ${count(range.low)}`;
  if (volume === 'above the range') return `more than ${count(range.high)}`;
  return `about ${count(Number(volume.toPrecision(3)))}`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** What the sweep says of one side: how far it gained, and what the scalability law makes of it. */
export function scalingSentence(side: string, { overWidth, fit }: SideScaling): string {
  const reach = reachOf(overWidth);
  if (reach === undefined)
    return `${side}: no round of the sweep was whole, so nothing is said of its scaling.`;
  const { narrowest, width, imagesPerS, gain } = reach;
  const shown =
    width === narrowest
      ? `${side}: no width beyond ${width} is shown to be faster (${rate(imagesPerS)})`
      : `${side} gained up to width ${width} (${rate(imagesPerS)}, ${gain.toFixed(2)} times width ${narrowest}), and no wider one is shown to be faster`;
  return `${shown}. ${fitWords(fit)}`;
}

export function fitWords(fit: ScalabilityResult): string {
  switch (fit.kind) {
    case 'fit':
      return fitSentence(fit);
    case 'too few':
      return `The Universal Scalability Law was not fitted: ${fit.n} measurements, and it needs ${fit.needed}.`;
    case 'cannot tell':
      return `The Universal Scalability Law does not describe it. ${fit.reason}`;
  }
}

function fitSentence({ knee, r2 }: Extract<ScalabilityResult, { kind: 'fit' }>): string {
  if (knee.kind === 'hard limit')
    return `A hard limit describes it better than the Universal Scalability Law (R² ${knee.r2.toFixed(2)} against ${r2.toFixed(2)}): ${kneeWords(knee)}.`;
  // Where nothing varies, nothing can be explained, however near the curve lies.
  const level = r2 < 0.5 ? ', low because the width changes little' : '';
  return `By the Universal Scalability Law (R² ${r2.toFixed(2)}${level}) ${kneeWords(knee)}.`;
}

export function kneeWords(knee: Knee): string {
  switch (knee.kind) {
    case 'peak':
      return `more than ${knee.load.toFixed(1)} at a time lower the throughput${knee.measured ? '' : ', which lies beyond the widths that were tried'}`;
    case 'hard limit':
      return `the throughput rises in proportion up to ${knee.load.toFixed(1)} at a time, and no further (${rate(knee.throughput)})`;
    case 'none':
      return knee.limit === null
        ? 'the throughput rises in proportion to the width: no limit shows'
        : `the throughput never falls, and rises to ${rate(knee.limit)} at the most`;
    case 'not determined':
      return 'these measurements do not say whether there is a width beyond which the throughput falls';
  }
}
