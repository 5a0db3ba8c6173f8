import type { Mode } from '../modes.ts';
import { isCompared, type Sample } from '../sample.ts';
import { modelMs, type PairGain } from './bound.ts';
import { termsOf } from './terms.ts';

/** Compared runs of two modes that did the same unit: next to each other in time, since the modes take turns. */
export function pairsOf(
  samples: readonly Sample[],
  base: Mode,
  other: Mode,
): readonly { readonly base: Sample; readonly other: Sample }[] {
  const compared = samples.filter(isCompared);
  const others = new Map(compared.filter(({ mode }) => mode === other).map((one) => [one.unit, one]));
  return compared
    .filter(({ mode }) => mode === base)
    .flatMap((one) => {
      const partner = others.get(one.unit);
      return partner === undefined ? [] : [{ base: one, other: partner }];
    });
}

export function gainsOf(samples: readonly Sample[], base: Mode, other: Mode): readonly PairGain[] {
  return pairsOf(samples, base, other).flatMap((pair) => {
    const [baseMs, otherMs] = [pair.base.endToEndMs, pair.other.endToEndMs];
    if (baseMs === null || otherMs === null) return [];
    const [baseTerms, otherTerms] = [termsOf(pair.base), termsOf(pair.other)];
    const boundMs =
      baseTerms === undefined || otherTerms === undefined
        ? null
        : modelMs(base, baseTerms) - modelMs(other, otherTerms);
    return [{ unit: pair.base.unit, baseMs, gainMs: baseMs - otherMs, boundMs }];
  });
}
