import type { Verdict } from '@skyground/experiment';
import type { Saving } from './figures/savings.ts';
import type { StartComparison } from './figures/starts.ts';
import type { Summary } from './summary.ts';
import { changeWords, ms, ratioWords } from './words.ts';

/** The bursts decide: equally many requests at once with and without the starts. */
export function verdict(summary: Summary): Verdict {
  const { starts, savings, load, targetLabel } = summary;
  return {
    headline: headlineOf(starts.bursts, targetLabel),
    sentences: [
      ...[starts.load, starts.idle, starts.oneAtATime].flatMap((one) =>
        one === null ? [] : [startSentence(one)],
      ),
      failuresSentence(load),
      savingsSentence(savings),
      ...unknownSentences(summary),
    ],
  };
}

function headlineOf({ cold, warm, ratio }: StartComparison, targetLabel: string): string {
  if (ratio.kind !== 'ratio')
    return 'There are too few cold and warm requests to say what a cold start costs.';
  const medians = `median ${ms(cold.median.estimate)} against ${ms(warm.median.estimate)} ms, equally many at once`;
  if (ratio.low <= 1 && ratio.high >= 1)
    return `${targetLabel}: no difference shown between cold and warm requests: ${ratioWords(ratio)}, 95 % interval; ${medians}.`;
  const confidence = Math.round(100 * ratio.confidence);
  return `${targetLabel}: a request that has to wait for a new environment takes ${ratio.ratio.toFixed(1)} times as long as one that finds one (${confidence} % interval ${ratio.low.toFixed(1)} to ${ratio.high.toFixed(1)}; ${medians}).`;
}

function startSentence({ name, cold, warm, ratio }: StartComparison): string {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return `${capital}: ${cold.n} cold with a median of ${ms(cold.median.estimate)} ms, ${warm.n} warm with ${ms(warm.median.estimate)} ms; ratio ${ratioWords(ratio)}.`;
}

function failuresSentence({ failed, requests }: Summary['load']): string {
  return failed === 0
    ? `None of the load's ${requests} requests failed.`
    : `${failed} of the load's ${requests} requests failed.`;
}

function savingsSentence(savings: readonly Saving[]): string {
  const shown = savings.filter(({ ratio }) => ratio.kind === 'ratio' && ratio.high < 1);
  if (shown.length === 0) return 'Strategies: none is shown to shorten the first call.';
  const words = shown
    .toSorted((a, b) => ratioOf(a) - ratioOf(b))
    .map(({ name, against, ratio }) => `${name} ${changeWords(ratio)} against ${against}`);
  return `Strategies that are shown to shorten the first call: ${words.join('; ')}.`;
}

function ratioOf({ ratio }: Saving): number {
  return ratio.kind === 'ratio' ? ratio.ratio : 1;
}

/** What the log did not say is neither cold nor warm, and not in the bill. */
function unknownSentences({ starts: { unknown } }: Summary): readonly string[] {
  if (unknown === 0) return [];
  return [
    `${unknown} requests have no REPORT line: they are neither cold nor warm, and what Lambda charges for them is not in the bill.`,
  ];
}
