import { type Finding, named } from '@skyground/experiment';
import { distinctMs, invokerOf } from '../figures/invoker.ts';
import { isCompared, type Sample } from '../sample.ts';

/** Two branches may overtake each other now and then; a switch on the wrong function does it always. */
export const mostWrong = 0.02;

/** The origin's CLASSIC was early-started lazy waiting: the switch was on the aggregator, and the branches decide. */
export function wrongInvoker(samples: readonly Sample[]): readonly Finding[] {
  return [...Map.groupBy(samples.filter(isCompared), ({ mode }) => mode)].flatMap(([mode, own]) => {
    const known = own.flatMap((sample) => {
      const invoker = invokerOf(sample);
      return invoker === undefined ? [] : [{ unit: sample.unit, ...invoker }];
    });
    const wrong = known.filter(({ expected, actual }) => expected !== actual);
    if (wrong.length <= mostWrong * known.length) return [];
    return [
      {
        checkId: 'wrong-invoker',
        severity: 'error' as const,
        arms: [mode],
        seen: `In ${wrong.length} of ${known.length} runs of ${mode} whose branches ended at least ${distinctMs} ms apart, another branch started the Publisher: ${named(wrong.map(({ unit, expected, actual }) => `${unit} (${actual} instead of ${expected})`))}.`,
        remedy:
          'Check where the mode is decided: CLASSIC is started by the last branch to end, FUTURE_BASED by the first.',
      },
    ];
  });
}
