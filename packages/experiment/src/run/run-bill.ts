import {
  type Bill,
  bill,
  type NotPriced,
  pricesOf,
  type RegionPrices,
  type Usage,
  usEast1Prices,
} from '@skyground/cost';
import type { Manifest } from './manifest.ts';

export const billName = 'bill.json';

/** Where nobody names a region: the one of which every price has a source. */
export const defaultPriceRegion = usEast1Prices.region;

/** What a usage costs by itself. Modelled from list prices; nothing is priced with the prices of another region. */
export type RunBill =
  | {
      readonly kind: 'priced';
      readonly listPrice: Bill;
      /** What an account would pay that has used none of this month's free tier. */
      readonly withFreeTier: Bill;
    }
  /** Something that was used has no sourced price in this region. */
  | NotPriced
  /** Nothing has a sourced price there. */
  | Extract<RegionPrices, { readonly kind: 'no prices' }>;

/** Throws CostError for a usage that cannot be: negative amounts, a memory size that Lambda has not. */
export function billOfUsage(usage: Usage, region: string): RunBill {
  const prices = pricesOf(region);
  if (prices.kind === 'no prices') return prices;
  const volume = { kind: 'run' } as const;
  const listPrice = bill(usage, prices.table, { volume, freeTier: false });
  if (listPrice.kind === 'not priced') return listPrice;
  const withFreeTier = bill(usage, prices.table, { volume, freeTier: true });
  if (withFreeTier.kind === 'not priced') return withFreeTier;
  return { kind: 'priced', listPrice, withFreeTier };
}

/** Of the region that the cloud side ran in; the embedded cloud is none, so its runs are priced for the one configured. */
export function priceRegionOf({ cloud }: Manifest): string {
  return cloud?.priceRegion ?? defaultPriceRegion;
}

/** The day of the prices that the bill shows; null where it shows none. */
export function priceDateOf(made: RunBill | undefined): string | null {
  return made?.kind === 'priced' ? made.listPrice.pricesReadOn : null;
}
