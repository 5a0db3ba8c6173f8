import { type NotPriced, unpriced } from '../bill/bill.ts';
import { meter } from '../bill/meter.ts';
import { parseUsage, type Usage } from '../bill/usage.ts';
import { CostError } from '../errors.ts';
import { type OnPremMeasured, positiveSamples, serverSecondsPerImage } from '../on-prem/cost.ts';
import { type OnPremParameters, onPremParameters, type ParameterUsed } from '../on-prem/parameters.ts';
import { type PriceTable, pricesReadOn } from '../prices/table.ts';
import {
  type BoundedVolume,
  type BreakEvenOutcome,
  breakEvenOutcome,
  breakEvenVolumes,
  volumeInterval,
} from './break-even.ts';
import { type CloudMonth, cloudMonth, perImage, withDuration } from './cloud-month.ts';
import { Crossings, type VolumeRange } from './crossings.ts';
import { banded, type CurvePoint, costCurve } from './curve.ts';
import { type OnPremMonth, onPremMonth } from './on-prem-month.ts';
import { resampledMeans } from './resample.ts';

export interface CloudSide {
  /** Of the whole run; a month costs in proportion. */
  readonly usage: Usage;
  /** Images that the usage is for. */
  readonly images: number;
  /** Billed milliseconds of each image, over all of its invocations: how much durations vary. */
  readonly billedMsPerImage: readonly number[];
  readonly prices: PriceTable;
  readonly freeTier: boolean;
}

export interface OnPremSide {
  readonly measured: OnPremMeasured;
  /** In place of defaults. */
  readonly parameters?: Partial<OnPremParameters>;
}

export interface CompareOptions {
  /** A 32-bit integer: the same seed and samples give the same intervals. */
  readonly seed: number;
  readonly resamples?: number;
  readonly confidence?: number;
  readonly range?: VolumeRange;
  /** `by image`: value i of both sides is of the same image. Images differ more than sides do, so say it where it is so. */
  readonly pairing: 'by image' | 'independent';
}

export type BreakEvenInterval =
  | {
      readonly kind: 'interval';
      readonly confidence: number;
      readonly resamples: number;
      /** From how many images a month on-prem is first cheaper. */
      readonly first: { readonly low: BoundedVolume; readonly high: BoundedVolume };
      /** From how many it stays cheaper, up to the top of the range. */
      readonly lasting: { readonly low: BoundedVolume; readonly high: BoundedVolume };
    }
  | { readonly kind: 'too few'; readonly n: readonly [cloud: number, onPrem: number] };

/** Modelled from measured samples, list prices and the parameters listed in it. */
export interface CostComparison {
  readonly kind: 'comparison';
  readonly modelled: true;
  readonly region: string;
  readonly pricesReadOn: string;
  readonly freeTier: boolean;
  readonly range: VolumeRange;
  readonly first: BoundedVolume;
  readonly lasting: BoundedVolume;
  readonly outcome: BreakEvenOutcome;
  readonly interval: BreakEvenInterval;
  readonly curve: readonly CurvePoint[];
  readonly parameters: readonly ParameterUsed[];
}

/** Which side is cheaper at which volume, how sure that is, and the curve over 10^3 to 10^10 images a month. */
export function compareCosts(
  cloud: CloudSide,
  onPrem: OnPremSide,
  { seed, resamples = 2000, confidence = 0.95, range = { low: 1e3, high: 1e10 }, pairing }: CompareOptions,
): CostComparison | NotPriced {
  if (!(range.low >= 1 && range.high > range.low && Number.isFinite(range.high))) {
    throw new CostError(
      `The range goes from 1 or more images a month to more than that, got ${range.low} to ${range.high}.`,
    );
  }
  if (!(Number.isSafeInteger(cloud.images) && cloud.images > 0)) {
    throw new CostError(`images is a whole number from 1 on, got ${cloud.images}.`);
  }
  const metered = meter(parseUsage(cloud.usage));
  const missing = unpriced(metered, cloud.prices);
  if (missing !== undefined) return missing;
  const quantities = perImage(metered, cloud.images);
  if (quantities.size === 0) throw new CostError('The usage holds nothing that costs anything.');

  const { parameters, used } = onPremParameters(onPrem.parameters);
  const billedMs = positiveSamples(cloud.billedMsPerImage, 'Billed milliseconds per image');
  const serverSeconds = serverSecondsPerImage(onPrem.measured, parameters);
  if (pairing === 'by image' && billedMs.length !== serverSeconds.length) {
    throw new CostError(
      `Paired by image, both sides have one value for each image; got ${billedMs.length} in the cloud and ${serverSeconds.length} on-prem.`,
    );
  }
  const meanBilledMs = billedMs.reduce((sum, value) => sum + value, 0) / billedMs.length;
  const cloudOf = (meanMs: number): CloudMonth =>
    cloudMonth(withDuration(quantities, meanMs / meanBilledMs), cloud.prices, cloud.freeTier);
  const onPremOf = (seconds: number): OnPremMonth => onPremMonth(seconds, parameters);

  const options = { seed, resamples, confidence };
  const cloudBand = banded(billedMs, options, cloudOf);
  const onPremBand = banded(serverSeconds, options, onPremOf);
  const crossings = new Crossings(cloudBand.estimate, onPremBand.estimate, range);

  const interval = (): BreakEvenInterval => {
    if (cloudBand.band === undefined || onPremBand.band === undefined) {
      return { kind: 'too few', n: [billedMs.length, serverSeconds.length] };
    }
    const sides = { pairing, cloud: billedMs, onPrem: serverSeconds };
    const volumes = resampledMeans(sides, options).map((means) =>
      breakEvenVolumes(new Crossings(cloudOf(means.cloud), onPremOf(means.onPrem), range), range),
    );
    return {
      kind: 'interval',
      confidence,
      resamples,
      first: volumeInterval(
        volumes.map(({ first }) => first),
        confidence,
      ),
      lasting: volumeInterval(
        volumes.map(({ lasting }) => lasting),
        confidence,
      ),
    };
  };

  return {
    kind: 'comparison',
    modelled: true,
    region: cloud.prices.region,
    pricesReadOn: pricesReadOn(cloud.prices),
    freeTier: cloud.freeTier,
    range,
    ...breakEvenVolumes(crossings, range),
    outcome: breakEvenOutcome(crossings, range),
    interval: interval(),
    curve: costCurve(cloudBand, onPremBand, range),
    parameters: used,
  };
}
