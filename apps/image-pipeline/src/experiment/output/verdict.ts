import type { Verdict } from '@skyground/experiment';
import type { Comparison, GroupSummary } from '../summary/group-summary.ts';
import type { Summary } from '../summary/summary.ts';
import { ms, percent, percentWords } from './format.ts';
import { isAgainstClassic, modeTitles, sideOf } from './words.ts';

interface Judged {
  readonly group: GroupSummary;
  readonly comparison: Comparison;
}

/** Whether starting the Publisher early brings the complete result sooner, and no more than that can be. */
export function verdict(summary: Summary): Verdict {
  const judged = summary.groups.flatMap((group) =>
    group.comparisons.filter(isAgainstClassic).map((comparison) => ({ group, comparison })),
  );
  const warm = judged.filter(({ group }) => group.start === 'warm');
  return {
    headline: headlineOf(summary, warm.length > 0 ? warm : judged),
    sentences: [
      ...(judged.length > 0 ? [boundSentence(judged)] : []),
      ...firstPublishSentences(warm),
      ...invokerSentences(summary),
      ...handOverSentences(summary),
      ...endSentences(summary),
    ],
  };
}

function headlineOf({ targetLabel }: Summary, judged: readonly Judged[]): string {
  const [first, ...others] = judged;
  if (first === undefined) {
    return 'No verdict: CLASSIC and FUTURE_BASED have no scenario in common that succeeded. Measure both.';
  }
  if (others.length === 0) {
    const { gain } = first.comparison;
    const side = sideOf(first.comparison);
    const said = {
      faster: 'is there sooner',
      slower: 'is there later',
      'no difference': 'is there neither sooner nor later with certainty',
      'too few': 'was measured too seldom to say',
    }[side];
    return `On ${targetLabel} the complete result of FUTURE_BASED ${said}: gain over CLASSIC ${percentWords(gain.gainPercent)}, bound ${percent(gain.boundPercent)} (${first.group.label}).`;
  }
  const count = (side: ReturnType<typeof sideOf>) =>
    judged.filter(({ comparison }) => sideOf(comparison) === side).length;
  const gains = judged.flatMap(({ comparison }) => comparison.gain.gainPercent.estimate ?? []);
  return `On ${targetLabel} FUTURE_BASED has its complete result sooner than CLASSIC in ${count('faster')} of ${judged.length} scenarios, later in ${count('slower')}, with no certain difference in ${count('no difference')}${count('too few') > 0 ? `, with too few runs to say in ${count('too few')}` : ''}: median gains from ${percent(Math.min(...gains))} to ${percent(Math.max(...gains))}.`;
}

function boundSentence(judged: readonly Judged[]): string {
  const known = judged.flatMap(({ comparison }) => comparison.gain.agrees ?? []);
  const bound =
    'The bound max(T) + C + A - max(max T, min T + C + A), from the times of the runs themselves,';
  if (known.length === 0)
    return `${bound} cannot be held against gains without an interval: 6 pairs are needed.`;
  const unknown = judged.length - known.length;
  return `${bound} holds in ${known.filter(Boolean).length} of ${known.length} comparisons${unknown > 0 ? `; ${unknown} have too few pairs to tell` : ''}.`;
}

function firstPublishSentences(warm: readonly Judged[]): readonly string[] {
  const known = warm.filter(({ comparison }) => comparison.firstPublishPercent.estimate !== null);
  const [first] = known.toSorted(
    (a, b) =>
      (b.comparison.firstPublishPercent.estimate ?? 0) - (a.comparison.firstPublishPercent.estimate ?? 0),
  );
  if (first === undefined) return [];
  const { group, comparison } = first;
  const what = `${group.label}: something is published ${percentWords(comparison.firstPublishPercent)} sooner than in CLASSIC`;
  return [
    known.length === 1
      ? `${what}. It is not the complete result.`
      : `What FUTURE_BASED brings is an early, incomplete result. Most of it in ${what}.`,
  ];
}

function invokerSentences({ invokers }: Summary): readonly string[] {
  const known = invokers.filter((one) => one.known > 0);
  if (known.length === 0) return [];
  const said = known.map(({ mode, known: of, right }) => `${modeTitles[mode]} in ${right} of ${of}`);
  return [
    `Where branches ended at least 100 ms apart, the right one started the Publisher (the last, in FUTURE_BASED the first): ${said.join(', ')} runs.`,
  ];
}

function handOverSentences({ groups }: Summary): readonly string[] {
  const warm = groups.filter(({ start }) => start === 'warm');
  const [group] = warm.filter(({ scenario }) => scenario === 'uniform').concat(warm);
  if (group === undefined) return [];
  const said = group.modes.map(({ mode, handOverMs }) => `${modeTitles[mode]} ${ms(handOverMs.estimate)}`);
  return [
    `From the end of the branch that starts the Publisher to its first statement (${group.label}, warm, medians): ${said.join(', ')}.`,
  ];
}

function endSentences({
  timeScale,
  isEmbedded,
  failed,
  coldAgain,
  groups,
  isQuick,
}: Summary): readonly string[] {
  const hasDelays = groups.some(({ scenario }) => scenario !== 'uniform');
  return [
    ...(timeScale !== 1 && hasDelays
      ? [
          `Delays are scaled by ${timeScale}; the work is not: hand-overs and the Publisher's own work weigh more against them than they would unscaled.`,
        ]
      : []),
    ...(isEmbedded
      ? [
          'The embedded cloud is this machine: six functions share its processor, and there is no network between them. Milliseconds are its own, not those of AWS.',
        ]
      : []),
    ...(isQuick ? ['A quick look: three runs say nothing with certainty.'] : []),
    ...(coldAgain > 0
      ? [
          `${coldAgain} warm runs met a cold start; they are kept, marked and not compared, and were measured again.`,
        ]
      : []),
    ...(failed > 0 ? [`${failed} runs did not succeed: run.log has their reasons.`] : []),
  ];
}
