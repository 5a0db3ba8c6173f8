import { invokerOf } from '../figures/invoker.ts';
import type { Mode } from '../modes.ts';
import { isCompared, type Sample } from '../sample.ts';

/** Of the runs whose two branches concerned ended far enough apart, those whose Publisher the right one started. */
export interface InvokerCount {
  readonly mode: Mode;
  readonly known: number;
  readonly right: number;
}

export function invokerCounts(samples: readonly Sample[]): readonly InvokerCount[] {
  return [...Map.groupBy(samples.filter(isCompared), ({ mode }) => mode)].map(([mode, own]) => {
    const invokers = own.flatMap((sample) => invokerOf(sample) ?? []);
    return {
      mode,
      known: invokers.length,
      right: invokers.filter(({ expected, actual }) => expected === actual).length,
    };
  });
}
