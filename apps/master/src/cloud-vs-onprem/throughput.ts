import { fitScalability, type ScalabilityResult, summarise } from '@skyground/statistics';
import { wallTime } from '../comparison/side-summary.ts';
import { imagesArm, type Side, widthArm } from './rounds.ts';
import type { Sample } from './sample.ts';

/** Throughput at one point of a sweep. */
export interface SweepPoint {
  /** Workers or environments, or images. */
  readonly load: number;
  /** Of each whole round, in images a second. */
  readonly imagesPerS: readonly number[];
}

export interface SideScaling {
  readonly overWidth: readonly SweepPoint[];
  readonly overImages: readonly SweepPoint[];
  readonly fit: ScalabilityResult;
}

/** Images a second of each whole round; rounds that a kill tore apart, and those with failures, are left out. */
export function imagesPerSOf(rows: readonly Sample[]): readonly number[] {
  const measured = rows.filter(({ phase }) => phase !== 'warm-up');
  return [...Map.groupBy(measured, ({ runId }) => runId).values()].flatMap((round) => {
    const isWhole = round.every(({ roundImages, status }) => roundImages === round.length && status === 'ok');
    const wallMs = wallTime(round);
    return isWhole && wallMs !== null && wallMs > 0 ? [(1000 * round.length) / wallMs] : [];
  });
}

/** null where no sweep was made. */
export function scalingOf(samples: readonly Sample[], side: Side): SideScaling | null {
  const rows = samples.filter(({ phase, source }) => phase === 'sweep' && source === side);
  if (rows.length === 0) return null;
  const overWidth = pointsOf(rows, side, widthArm, ({ width }) => width);
  const overImages = pointsOf(rows, side, imagesArm, ({ roundImages }) => roundImages);
  const measurements = overWidth.flatMap(({ load, imagesPerS }) =>
    imagesPerS.map((throughput) => ({ load, throughput })),
  );
  return { overWidth, overImages, fit: fitScalability(measurements) };
}

/** How far a wider side is shown to be a faster one. */
export interface Reach {
  /** The least width with a whole round. */
  readonly narrowest: number;
  readonly width: number;
  /** Median of the rounds at that width. */
  readonly imagesPerS: number;
  /** Over `narrowest`. */
  readonly gain: number;
}

/** Fewer say nothing by all being faster: of two rounds and two, luck orders every sixth so, of three and three every twentieth. */
const fewestRounds = 3;

/**
 * A width counts as a gain where its slowest round beats the fastest of the best narrower one, three rounds or more of each.
 * undefined where no round was whole.
 */
export function reachOf(points: readonly SweepPoint[]): Reach | undefined {
  const measured = points.flatMap(({ load, imagesPerS }) => {
    const summary = summarise(imagesPerS);
    return summary.kind === 'summary' ? [{ load, ...summary }] : [];
  });
  const [narrowest] = measured;
  if (narrowest === undefined) return undefined;
  const best = measured.reduce((reached, next) =>
    Math.min(next.n, reached.n) >= fewestRounds && next.min > reached.max ? next : reached,
  );
  return {
    narrowest: narrowest.load,
    width: best.load,
    imagesPerS: best.median,
    gain: best.median / narrowest.median,
  };
}

/**
 * How many times the throughput of the narrowest width a width has, from its worst round over the best of the narrowest to its
 * best over the worst. undefined where either has no whole round.
 */
export function gainRange(
  points: readonly SweepPoint[],
  width: number,
): { readonly low: number; readonly high: number } | undefined {
  const narrowest = summarise(points[0]?.imagesPerS ?? []);
  const wide = summarise(points.find(({ load }) => load === width)?.imagesPerS ?? []);
  if (narrowest.kind === 'empty' || wide.kind === 'empty') return undefined;
  return { low: wide.min / narrowest.max, high: wide.max / narrowest.min };
}

function pointsOf(
  rows: readonly Sample[],
  side: Side,
  armOf: (load: number) => string,
  loadOf: (row: Sample) => number,
): readonly SweepPoint[] {
  const ofSweep = rows.filter((row) => row.arm === `${side} ${armOf(loadOf(row))}`);
  return [...Map.groupBy(ofSweep, loadOf)]
    .toSorted(([a], [b]) => a - b)
    .map(([load, group]) => ({ load, imagesPerS: imagesPerSOf(group) }));
}
