import { pairByKey, pairedMedianRatio, type RatioResult, summarise } from '@skyground/statistics';
import { type ComparedRow, comparedRows } from '../comparison/rows.ts';
import { summariseSide, variationByImage } from '../comparison/side-summary.ts';
import type { Sample } from './sample.ts';
import { imagesPerSOf } from './throughput.ts';

/** How one side did in the comparison. Times are those of warm, successful rows; null where there are too few. */
export interface SideFigures {
  readonly rows: number;
  readonly compared: number;
  readonly cold: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly medianMs: number | null;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
  /** Images a second of each whole round: its median. */
  readonly imagesPerS: number | null;
  /** Median over images of the coefficient of variation of one image's repetitions. */
  readonly variation: number | null;
  /** 99th percentile over median, of each time over the median of its own image: 2 is twice as long as usual. */
  readonly p99OverP50: number | null;
}

const fewestForTail = 6;

export function figuresOf(rows: readonly Sample[]): SideFigures {
  // A round of the other side lies in between: time on the wall over all of them would say nothing.
  const { compared, cold, medianMs, meanMs, p95Ms, steadiness } = summariseSide(rows, { interrupted: true });
  const rates = summarise(imagesPerSOf(rows));
  const relative = summarise(relativeTimes(comparedRows(rows)));
  return {
    rows: rows.length,
    compared,
    cold,
    failed: rows.filter(({ status, timedOut }) => status === 'error' && !timedOut).length,
    timedOut: rows.filter(({ timedOut }) => timedOut).length,
    medianMs,
    meanMs,
    p95Ms,
    imagesPerS: rates.kind === 'summary' ? rates.median : null,
    variation: steadiness,
    p99OverP50:
      relative.kind === 'summary' && relative.n >= fewestForTail ? relative.p99 / relative.median : null,
  };
}

/** Cloud's variation over on-prem's, image by image: above 1 on-prem is the steadier side. */
export function variationRatio(
  onPrem: readonly Sample[],
  cloud: readonly Sample[],
  seed: number,
): RatioResult {
  const { pairs } = pairByKey(variationByImage(comparedRows(cloud)), variationByImage(comparedRows(onPrem)));
  return pairedMedianRatio(pairs, { seed });
}

function relativeTimes(rows: readonly ComparedRow[]): readonly number[] {
  return [...Map.groupBy(rows, ({ image }) => image).values()].flatMap((group) => {
    const times = group.map(({ processingTimeMs }) => processingTimeMs);
    const summary = summarise(times);
    return summary.kind === 'summary' && summary.median > 0 ? times.map((time) => time / summary.median) : [];
  });
}
