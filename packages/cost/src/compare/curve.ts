import { bootstrapInterval } from '@skyground/statistics';
import type { CloudMonth } from './cloud-month.ts';
import type { VolumeRange } from './crossings.ts';
import type { OnPremMonth } from './on-prem-month.ts';

/** USD a month; null where there were too few samples for an interval. */
export interface CurveUsd {
  readonly usd: number;
  readonly lowUsd: number | null;
  readonly highUsd: number | null;
}

export interface CurvePoint {
  readonly imagesPerMonth: number;
  readonly cloud: CurveUsd;
  readonly onPrem: CurveUsd & { readonly servers: number };
}

/** A side's cost for the mean of its samples, and for the ends of that mean's interval. */
export interface Banded<Month> {
  readonly estimate: Month;
  readonly band: { readonly low: Month; readonly high: Month } | undefined;
}

/** Costs rise with the mean, so the cost at an end of the mean's interval is the end of the cost's interval. */
export function banded<Month>(
  samples: readonly number[],
  options: { readonly seed: number; readonly resamples: number; readonly confidence: number },
  monthOf: (mean: number) => Month,
): Banded<Month> {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const interval = bootstrapInterval(samples, 'mean', options);
  return {
    estimate: monthOf(mean),
    band:
      interval.kind === 'interval' ? { low: monthOf(interval.low), high: monthOf(interval.high) } : undefined,
  };
}

const pointsPerDecade = 4;

/** Points at even distances on a logarithmic scale, both ends of the range among them. */
export function costCurve(
  cloud: Banded<CloudMonth>,
  onPrem: Banded<OnPremMonth>,
  { low, high }: VolumeRange,
): readonly CurvePoint[] {
  const intervals = Math.max(1, Math.round(pointsPerDecade * Math.log10(high / low)));
  return Array.from({ length: intervals + 1 }, (_, index) => {
    const imagesPerMonth = index === intervals ? high : Math.round(low * (high / low) ** (index / intervals));
    return {
      imagesPerMonth,
      cloud: usdAt(cloud, imagesPerMonth),
      onPrem: { ...usdAt(onPrem, imagesPerMonth), servers: onPrem.estimate.serversAt(imagesPerMonth) },
    };
  });
}

function usdAt(
  { estimate, band }: Banded<{ readonly usdAt: (imagesPerMonth: number) => number }>,
  imagesPerMonth: number,
): CurveUsd {
  return {
    usd: estimate.usdAt(imagesPerMonth),
    lowUsd: band?.low.usdAt(imagesPerMonth) ?? null,
    highUsd: band?.high.usdAt(imagesPerMonth) ?? null,
  };
}
