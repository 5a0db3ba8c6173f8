import type { Crossing, Crossings, Side, VolumeRange } from './crossings.ts';

/** Images a month, or on which side of the range they would lie. */
export type BoundedVolume = number | 'below the range' | 'above the range';

export type BreakEvenOutcome =
  | {
      readonly kind: 'crosses';
      readonly cheaperAtLow: Side;
      readonly cheaperAtHigh: Side;
      /** In rising order, at most the first twenty. More than one: whole servers, or a discount of a higher tier. */
      readonly crossings: readonly Crossing[];
      readonly hasMore: boolean;
    }
  | { readonly kind: 'never crosses'; readonly cheaper: Side };

/** Two answers to "from how many images on is on-prem cheaper": the first time, and for good (within the range). */
export interface BreakEvenVolumes {
  readonly first: BoundedVolume;
  readonly lasting: BoundedVolume;
}

const mostListed = 20;

export function breakEvenOutcome(crossings: Crossings, range: VolumeRange): BreakEvenOutcome {
  const listed: Crossing[] = [];
  for (const crossing of crossings.all()) {
    listed.push(crossing);
    if (listed.length > mostListed) break;
  }
  const cheaperAtLow = crossings.cheaperAt(range.low);
  if (listed.length === 0) return { kind: 'never crosses', cheaper: cheaperAtLow };
  return {
    kind: 'crosses',
    cheaperAtLow,
    cheaperAtHigh: crossings.cheaperAt(range.high),
    crossings: listed.slice(0, mostListed),
    hasMore: listed.length > mostListed,
  };
}

export function breakEvenVolumes(crossings: Crossings, range: VolumeRange): BreakEvenVolumes {
  const lasting = crossings.lastClimb() ?? 'above the range';
  if (crossings.cheaperAt(range.low) === 'on-prem') {
    return { first: 'below the range', lasting: lasting === range.low ? 'below the range' : lasting };
  }
  const first = crossings.all().next();
  return { first: first.done === true ? 'above the range' : first.value.imagesPerMonth, lasting };
}

/** The middle `confidence` of the volumes, its ends rounded outward to volumes that were drawn. */
export function volumeInterval(
  volumes: readonly BoundedVolume[],
  confidence: number,
): { readonly low: BoundedVolume; readonly high: BoundedVolume } {
  const sorted = volumes.toSorted((a, b) => sortKey(a) - sortKey(b));
  const last = sorted.length - 1;
  const low = sorted[Math.floor((last * (1 - confidence)) / 2)];
  const high = sorted[Math.ceil((last * (1 + confidence)) / 2)];
  return { low: low ?? 'below the range', high: high ?? 'above the range' };
}

function sortKey(volume: BoundedVolume): number {
  if (volume === 'below the range') return 0;
  return volume === 'above the range' ? Number.MAX_VALUE : volume;
}
