import type { Verdict } from '@skyground/experiment';
import { headlineOf } from '../comparison/headline.ts';
import type { BreakEven } from './break-even.ts';
import type { Summary } from './summary.ts';
import { gainRange, reachOf } from './throughput.ts';
import { percent, rate, ratioWords, scalingSentence, volumeRangeWords, volumeWords } from './wording.ts';

/** Who is faster, who is steadier, who scales further, who is cheaper; and where the data do not say, that they do not. */
export function verdict(summary: Summary): Verdict {
  const { ratio, targetLabel } = summary;
  return {
    // Whether the comparison is valid stands in the findings, which the report shows first.
    headline: headlineOf({ ratio, valid: true, targetLabel }),
    sentences: [
      throughputSentence(summary),
      steadinessSentence(summary),
      ...scalingSentences(summary),
      costSentence(summary.breakEven, targetLabel),
      ...billSentences(summary),
    ],
  };
}

function throughputSentence({ onPrem, cloud, targetLabel }: Summary): string {
  if (onPrem.imagesPerS === null || cloud.imagesPerS === null) {
    return 'Throughput: no round was whole on both sides, so nothing is said of it.';
  }
  const cloudRate = `${targetLabel} ${rate(cloud.imagesPerS)}`;
  return `Throughput of whole rounds, waiting and storing included: on-prem ${rate(onPrem.imagesPerS)}, ${cloudRate}.`;
}

function steadinessSentence({ variationRatio, onPrem, cloud, targetLabel }: Summary): string {
  const figures =
    onPrem.variation === null || cloud.variation === null
      ? 'how much the same image varies is not known on both sides'
      : `the same image varies by ${percent(onPrem.variation)} on-prem and ${percent(cloud.variation)} on ${targetLabel}`;
  const failures = `failed or never came back: ${onPrem.failed + onPrem.timedOut} on-prem, ${cloud.failed + cloud.timedOut} in the cloud`;
  if (variationRatio.kind !== 'ratio')
    return `Steadiness: ${figures}; the images do not say who is steadier; ${failures}.`;
  const { low, high } = variationRatio;
  if (low <= 1 && high >= 1) {
    return `Steadiness: no difference shown; ${figures}, a ratio of ${ratioWords(variationRatio)}; ${failures}.`;
  }
  const steadier = low > 1 ? 'on-prem' : targetLabel;
  return `Steadiness: ${steadier} is steadier; ${figures}, a ratio of ${ratioWords(variationRatio)}; ${failures}.`;
}

function scalingSentences({ scaling, targetLabel }: Summary): readonly string[] {
  if (scaling === null) return ['Scaling was not measured: --sweep does.'];
  return [
    ...whoScalesFurther(scaling, targetLabel),
    scalingSentence('On-prem', scaling.onPrem),
    scalingSentence(targetLabel, scaling.cloud),
  ];
}

/** That no gain is shown on one side does not show that there is none: a side wins only where all gains of the other are smaller. */
function whoScalesFurther(
  { onPrem, cloud }: NonNullable<Summary['scaling']>,
  targetLabel: string,
): readonly string[] {
  const reached = [onPrem, cloud].flatMap(({ overWidth }) => reachOf(overWidth)?.width ?? []);
  const width = Math.max(...reached);
  const sides = [
    { name: 'on-prem', gain: gainRange(onPrem.overWidth, width) },
    { name: targetLabel, gain: gainRange(cloud.overWidth, width) },
  ].flatMap(({ name, gain }) => (gain === undefined ? [] : [{ name, ...gain }]));
  const [a, b] = sides.toSorted((one, other) => other.low - one.low);
  if (a === undefined || b === undefined) return [];
  const words = ({ name, low, high }: typeof a) => `${name} ${low.toFixed(2)} to ${high.toFixed(2)} times`;
  const narrowest = onPrem.overWidth[0]?.load;
  if (width === narrowest)
    return [`Scaling: neither side is shown to be faster at any width beyond ${width}.`];
  const gains = `at width ${width}, ${words(a)} width ${narrowest}, ${words(b)}`;
  return [
    a.low > b.high
      ? `Scaling: ${a.name} scales further: ${gains}.`
      : `Scaling: no difference shown: ${gains}.`,
  ];
}

/** A sum with holes must not pass for a whole one. */
function billSentences({ notBilled }: Summary): readonly string[] {
  return notBilled === 0
    ? []
    : [
        `Bill: too low, because ${notBilled} cloud rows have no REPORT line; what Lambda charges for them is not in it.`,
      ];
}

function costSentence(breakEven: BreakEven, targetLabel: string): string {
  if (breakEven.kind === 'cannot tell') return `Costs: ${breakEven.reason}`;
  if (breakEven.kind === 'not priced') {
    const missing = breakEven.missing.map(({ service, item }) => `${service} ${item}`).join(', ');
    return `Costs: not priced, because in ${breakEven.region} no price has a source for ${missing}.`;
  }
  const { outcome, region, pricesReadOn, first, lasting, interval } = breakEven;
  const measured = targetLabel.startsWith('cloud (local')
    ? '; billed time was measured on the embedded cloud, not on AWS'
    : '';
  const basis = `modelled from list prices of ${region} of ${pricesReadOn} and the assumptions listed below${measured}`;
  if (outcome.kind === 'never crosses') {
    const side = outcome.cheaper === 'cloud' ? 'the cloud' : 'on-prem';
    return `Costs (${basis}): ${side} is cheaper at every volume from 1,000 to 10,000,000,000 images a month.`;
  }
  const words = (volume: typeof first) => volumeWords(volume, breakEven);
  const range =
    interval.kind === 'interval'
      ? ` (${Math.round(interval.confidence * 100)} % interval ${volumeRangeWords(interval.lasting.low, interval.lasting.high, breakEven)})`
      : '';
  const once = first === lasting ? '' : `first from ${words(first)} and `;
  return `Costs (${basis}): on-prem is cheaper ${once}for good from ${words(lasting)}${range}.`;
}
