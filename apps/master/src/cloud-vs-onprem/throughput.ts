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

/** The point of the largest median throughput; undefined where none was measured. */
export function bestPoint(points: readonly SweepPoint[]): { load: number; imagesPerS: number } | undefined {
  return points
    .flatMap(({ load, imagesPerS }) => {
      const summary = summarise(imagesPerS);
      return summary.kind === 'summary' ? [{ load, imagesPerS: summary.median }] : [];
    })
    .toSorted((a, b) => b.imagesPerS - a.imagesPerS)[0];
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
