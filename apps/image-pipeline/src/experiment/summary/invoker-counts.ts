import { invokerOf } from '../figures/invoker.ts';
import { type Mode, modes } from '../modes.ts';
import { isCompared, type Sample } from '../sample.ts';

/** Of the runs whose two branches concerned ended far enough apart, those whose Publisher the right one started. */
export interface InvokerCount {
  readonly mode: Mode;
  readonly known: number;
  readonly right: number;
}

export function invokerCounts(samples: readonly Sample[]): readonly InvokerCount[] {
  return modes.map((mode) => {
    const own = samples.filter((sample) => isCompared(sample) && sample.mode === mode);
    const invokers = own.flatMap((sample) => invokerOf(sample) ?? []);
    return {
      mode,
      known: invokers.length,
      right: invokers.filter(({ expected, actual }) => expected === actual).length,
    };
  });
}
