import type { IntervalResult } from '@skyground/statistics';
import { type GainAgainstBound, gainAgainstBound } from '../figures/bound.ts';
import type { Group } from '../figures/groups.ts';
import { gainsOf, pairsOf } from '../figures/pairs.ts';
import { firstPublishMs } from '../figures/since-start.ts';
import { medianInterval, medianOf } from '../figures/spread.ts';
import { type Mode, modes } from '../modes.ts';
import { isCompared, type Sample } from '../sample.ts';
import { type ModeFigures, modeFigures } from './mode-figures.ts';

/** One scenario, started cold or warm. */
export interface GroupSummary extends Omit<Group, 'samples'> {
  /** Of every mode that has a run that is compared. */
  readonly modes: readonly ModeFigures[];
  readonly comparisons: readonly Comparison[];
}

/** What the second gains over the first; a loss is negative. */
export interface Comparison {
  readonly base: Mode;
  readonly other: Mode;
  readonly gain: GainAgainstBound;
  /** How much sooner something is published: median over pairs, in percent of the first. */
  readonly firstPublishPercent: IntervalResult;
  /** How much more the second is billed for waiting, in ms: median over pairs. */
  readonly billedWaitMs: number | null;
}

export function groupSummary(
  { samples, ...group }: Group,
  compared: readonly (readonly [Mode, Mode])[],
): GroupSummary {
  const byMode = Map.groupBy(samples.filter(isCompared), ({ mode }) => mode);
  return {
    ...group,
    modes: modes.flatMap((mode) => {
      const own = byMode.get(mode);
      return own === undefined ? [] : [modeFigures(mode, own)];
    }),
    comparisons: compared
      .filter(([base, other]) => byMode.has(base) && byMode.has(other))
      .map(([base, other]) => comparisonOf(samples, base, other)),
  };
}

function comparisonOf(samples: readonly Sample[], base: Mode, other: Mode): Comparison {
  const pairs = pairsOf(samples, base, other);
  const published = pairs.flatMap((pair) => {
    const [before, after] = [firstPublishMs(pair.base), firstPublishMs(pair.other)];
    return before === null || after === null ? [] : [(100 * (before - after)) / before];
  });
  const waits = pairs.flatMap((pair) =>
    pair.base.billedWaitMs === null || pair.other.billedWaitMs === null
      ? []
      : [pair.other.billedWaitMs - pair.base.billedWaitMs],
  );
  return {
    base,
    other,
    gain: gainAgainstBound(gainsOf(samples, base, other)),
    firstPublishPercent: medianInterval(published),
    billedWaitMs: medianOf(waits),
  };
}
