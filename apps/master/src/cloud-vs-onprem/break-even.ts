import {
  type CostComparison,
  CostError,
  compareCosts,
  type NotPriced,
  type OnPremParameters,
  onPremCost,
  pricesOf,
} from '@skyground/cost';
import { UsageError } from '@skyground/experiment';
import { mean, sampleOf } from '@skyground/statistics';
import { comparedRows } from '../comparison/rows.ts';
import { comparisonOf, type Sample } from './sample.ts';
import { usageOf } from './usage.ts';

export type BreakEven =
  | CostComparison
  | NotPriced
  /** Why nothing can be said of costs, in one sentence. */
  | { readonly kind: 'cannot tell'; readonly reason: string };

/** Equal samples give equal intervals. */
const seed = 1;

/** From how many images a month a machine of one's own is cheaper, by what warm images used on both sides. Modelled. */
export function breakEvenOf(samples: readonly Sample[], onPremCosts: readonly string[]): BreakEven {
  const region = samples[0]?.priceRegion ?? '';
  const prices = pricesOf(region);
  if (prices.kind === 'no prices') {
    return cannotTell(
      `No price of ${region} has a source; the regions that have some: ${prices.regions.join(', ')}.`,
    );
  }
  const warm = comparedRows(comparisonOf(samples, 'cloud'));
  const unbilled = warm.filter(({ billedMs }) => billedMs === null).length;
  if (unbilled > 0)
    return cannotTell(`${unbilled} cloud rows have no REPORT line, so what they cost is not known.`);
  const billed = meansByImage(warm, ({ billedMs }) => billedMs ?? 0);
  const busy = meansByImage(comparedRows(comparisonOf(samples, 'on_prem')), busySeconds);
  const images = [...billed.keys()].filter((image) => busy.has(image));
  if (images.length === 0) return cannotTell('No image has a warm, successful row on both sides.');
  const shared = warm.filter(({ image }) => busy.has(image));
  return compareCosts(
    {
      // Who waits for rows is the measurement: a month of images that the bucket's event starts asks for no LIST.
      usage: usageOf(shared.map((row) => ({ ...row, listRequests: 0 }))),
      images: shared.length,
      billedMsPerImage: images.map((image) => billed.get(image) ?? 0),
      prices: prices.table,
      freeTier: false,
    },
    {
      measured: { kind: 'cpu-seconds', perImage: images.map((image) => busy.get(image) ?? 0) },
      parameters: onPremParametersOf(onPremCosts),
    },
    { seed, pairing: 'by image' },
  );
}

/** `pue=1.3` and its like as numbers. UsageError for a name or a value that the cost model does not take. */
export function onPremParametersOf(given: readonly string[]): Partial<OnPremParameters> {
  const pairs = given.map((text) => {
    const [name = '', value = ''] = text.split('=', 2);
    return [name.trim(), value.trim() === '' ? Number.NaN : Number(value)] as const;
  });
  const parameters: Partial<OnPremParameters> = Object.fromEntries(pairs);
  try {
    onPremCost(1, { kind: 'cpu-seconds', perImage: [1] }, parameters);
  } catch (cause) {
    if (!(cause instanceof CostError)) throw cause;
    throw new UsageError(`expected name=value pairs for --on-prem-cost, such as pue=1.3. ${cause.message}`, {
      cause,
    });
  }
  return parameters;
}

/** Reading, processing and storing: for so long an image occupies one core, of which it may leave a little idle. */
function busySeconds({ processingTimeMs, downloadMs, uploadMs }: Sample): number {
  return ((processingTimeMs ?? 0) + (downloadMs ?? 0) + (uploadMs ?? 0)) / 1000;
}

function meansByImage<Row extends { readonly image: string }>(
  rows: readonly Row[],
  figureOf: (row: Row) => number,
): ReadonlyMap<string, number> {
  return new Map(
    [...Map.groupBy(rows, ({ image }) => image)].flatMap(([image, group]) => {
      const values = sampleOf(group.map(figureOf));
      return values === undefined ? [] : [[image, mean(values)] as const];
    }),
  );
}

function cannotTell(reason: string): BreakEven {
  return { kind: 'cannot tell', reason };
}
