import { formatNumber } from '@skyground/charts';
import type { AnalysisSection } from '@skyground/experiment';
import type { Comparison } from '../summary/group-summary.ts';
import type { Summary } from '../summary/summary.ts';
import { ms, percent, percentWords } from './format.ts';
import { isAgainstClassic, modeTitles, sideOf } from './words.ts';

export function analysis(summary: Summary): readonly AnalysisSection[] {
  return [
    { title: 'What the bound says, and what it leaves out', paragraphs: aboutTheBound(summary) },
    { title: 'Cold against warm', paragraphs: coldAgainstWarm(summary) },
    { title: 'Is it worth its cost?', paragraphs: worth(summary) },
    { title: 'What the origin published', paragraphs: published },
    { title: "The guide's expectations", paragraphs: guide(summary) },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
}

function aboutTheBound({ groups }: Summary): readonly string[] {
  const violated = groups.flatMap(({ label, comparisons }) =>
    comparisons
      .filter(({ gain }) => gain.agrees === false)
      .map(({ base }) => `${label} against ${modeTitles[base]}`),
  );
  const negative = groups
    .filter(({ comparisons }) =>
      comparisons.some(
        (one) => isAgainstClassic(one) && Math.max(one.gain.boundMs ?? 0, one.gain.boundPercent ?? 0) < 0,
      ),
    )
    .map(({ label }) => label);
  return [
    'Every term is a difference of times that the functions of one run recorded. T is from the last statement of ImageLoader to that of a branch; C from the last statement of the branch that started the Publisher to the first one of the Publisher, with hand-over and, if cold, its init; A is what the Publisher did without waiting for inputs. CLASSIC is modelled as max(T) + C + A, Step Functions likewise with the branch that ended last, FUTURE_BASED as max(max T, min T + C + A). Of each pair of neighbouring runs the two models are worked out from their own terms; the difference is the bound.',
    'With equal branch times the bound is the smaller one of C + A and max(T) - min(T): nothing is gained but what the Publisher can do before the last input is there. The model leaves out what comes before the branches and after the Publisher (the same in every mode), the write and the poll between the end of the last branch and the moment at which a waiting Publisher knows of it, the extra publish of an incomplete result, and that most of the work of this Publisher needs the last input. All of these make FUTURE_BASED slower than its model, so a gain is expected below its bound, and may be a loss.',
    ...(negative.length > 0
      ? [
          `The bound is below zero in ${negative.join(', ')}: there the branches themselves took longer in FUTURE_BASED, by more than an early start could gain. Where functions share processors, a Publisher that works early takes from its branches; the branch times by mode show it.`,
        ]
      : []),
    ...(violated.length > 0
      ? [
          `The gain exceeds its bound in ${violated.join(', ')}: something else than the fan-in differs there.`,
        ]
      : []),
  ];
}

function coldAgainstWarm({ groups }: Summary): readonly string[] {
  return groups
    .filter(({ start }) => start === 'cold')
    .flatMap((cold) => {
      const warm = groups.find(({ scenario, start }) => scenario === cold.scenario && start === 'warm');
      const said = cold.modes.map(({ mode, endToEndMs, functions }) => {
        const usual = warm?.modes.find((one) => one.mode === mode)?.endToEndMs.estimate ?? null;
        const inits = functions.reduce((sum, { initMs }) => sum + (initMs ?? 0), 0);
        return `${modeTitles[mode]} ${ms(endToEndMs.estimate)}${usual === null ? '' : ` instead of ${ms(usual)}`} (inits of all six functions together ${ms(inits)})`;
      });
      const gains = cold.comparisons.filter(isAgainstClassic).map(gainWords);
      return [
        `${cold.label}, all six functions forced to start cold in every mode alike: ${said.join('; ')}. ${gains.join(' ')}`,
      ];
    });
}

function gainWords({ gain }: Comparison): string {
  return `Gain of FUTURE_BASED over CLASSIC ${percentWords(gain.gainPercent)}, bound ${percent(gain.boundPercent)}: a Publisher that is started early has its init behind it when the last branch ends.`;
}

function worth({ groups, costs }: Summary): readonly string[] {
  const warm = groups.filter(({ start }) => start === 'warm');
  const compared = warm.flatMap((group) =>
    group.comparisons.filter(isAgainstClassic).map((comparison) => ({ group, comparison })),
  );
  if (compared.length === 0) return [];
  const paying = compared.filter(({ comparison }) => sideOf(comparison) === 'faster');
  const waits = compared.map(({ group, comparison }) => {
    const { gain, billedWaitMs } = comparison;
    return `${group.label}: ${ms(billedWaitMs)} of billed waiting for a gain of ${ms(gain.gainMs.estimate)}`;
  });
  const usd = (mode: string) => costs.find((one) => one.mode === mode)?.perMillionUsd?.total ?? null;
  const [classic, future, central] = [usd('CLASSIC'), usd('FUTURE_BASED'), usd('STEP_FUNCTIONS')];
  return [
    `${waits.join('; ')} (medians a run).`,
    ...(classic === null || future === null
      ? []
      : [
          `A million runs, modelled: CLASSIC ${formatNumber(classic)} USD, FUTURE_BASED ${formatNumber(future)} USD (${signed(((future - classic) / classic) * 100)} %)${central === null ? '' : `, Step Functions ${formatNumber(central)} USD`}. ${paying.length === 0 ? 'The complete result is sooner with certainty in none of the scenarios measured: what is paid for waiting buys the early, incomplete result and nothing else.' : `The complete result is sooner with certainty in ${paying.length} of ${compared.length} scenarios; elsewhere what is paid for waiting buys the early, incomplete result and nothing else.`}`,
        ]),
  ];
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
}

const published: readonly string[] = [
  'The origin claims 1,600 to 300 ms, 80 %. Its own data show 3 % in a run that stops the clock when ImageLoader returns, and 15.0 % on average in its table of twelve scenarios, in which the functions of the branches were started cold before CLASSIC and never before FUTURE_BASED: without the CLASSIC runs that look cold the average is about 2 %. Its switch was on the Publisher, while the branches decide who starts it, and no run says which branch did. Here end to end is to the complete result, cold runs are cold in all six functions of every mode, the mode travels with every event and is recorded by every function, and each of these is checked.',
];

function guide({ guide: figures }: Summary): readonly string[] {
  if (figures.length === 0) return [];
  return figures.map(
    ({ what, expected, measured, verdict, why }) =>
      `${what}: expected ${expected}, measured ${measured}: ${verdict}. ${why}`,
  );
}
