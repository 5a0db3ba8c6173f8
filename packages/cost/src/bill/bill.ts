import { CostError } from '../errors.ts';
import { add, divide, type Exact, exact, multiply, toNumber, zero } from '../exact.ts';
import { type PriceItem, priceItemNames, priceItems, type Service } from '../prices/items.ts';
import { type PriceTable, pricesReadOn } from '../prices/table.ts';
import { charge } from './charge.ts';
import { type Metered, meter } from './meter.ts';
import { parseUsage, type Usage } from './usage.ts';

export interface BillLine {
  readonly service: Service;
  readonly item: string;
  /** Which tier of the price, counted from 1; `free` is what the free tier covers. */
  readonly tier: number | 'free';
  readonly quantity: number;
  readonly unit: string;
  /** `usd` for `per` units, as published. */
  readonly price: { readonly usd: number; readonly per: number };
  readonly amountUsd: number;
}

/** The run by itself, in a month without other usage; or as many images a month, each costing what the run's did. */
export type BilledVolume =
  | { readonly kind: 'run' }
  | { readonly kind: 'monthly'; readonly imagesInRun: number; readonly imagesPerMonth: number };

export interface BillOptions {
  readonly volume: BilledVolume;
  /** Whether what AWS gives every account each month is taken off, as if nothing else had used it. */
  readonly freeTier: boolean;
}

/** Modelled from measured usage and list prices, not sent by AWS. Amounts are exact up to 1e-12 USD. */
export interface Bill extends BillOptions {
  readonly kind: 'bill';
  readonly modelled: true;
  readonly region: string;
  readonly pricesReadOn: string;
  readonly lines: readonly BillLine[];
  readonly services: readonly { readonly service: Service; readonly amountUsd: number }[];
  readonly totalUsd: number;
}

/** Something was used that has no sourced price in this region; a total without it would mislead. */
export interface NotPriced {
  readonly kind: 'not priced';
  readonly region: string;
  readonly pricesReadOn: string;
  readonly missing: readonly { readonly service: Service; readonly item: string }[];
}

const picoUsd = 12;
const quantityDecimals = 24;

export function bill(usage: Usage, prices: PriceTable, options: BillOptions): Bill | NotPriced {
  const metered = scaled(meter(parseUsage(usage)), options.volume);
  const missing = unpriced(metered, prices);
  if (missing !== undefined) return missing;
  const charges = charge(metered, prices, options.freeTier);
  const byService = new Map<Service, Exact>();
  for (const { item, amount } of charges) {
    const { service } = priceItems[item];
    byService.set(service, add(byService.get(service) ?? zero, amount));
  }
  return {
    kind: 'bill',
    modelled: true,
    region: prices.region,
    pricesReadOn: pricesReadOn(prices),
    ...options,
    lines: charges.map(({ item, tier, quantity, usd, per, amount }) => ({
      service: priceItems[item].service,
      item: priceItems[item].item,
      tier,
      quantity: toNumber(quantity, quantityDecimals),
      unit: priceItems[item].unit,
      price: { usd: Number(usd), per },
      amountUsd: toNumber(amount, picoUsd),
    })),
    services: [...byService].map(([service, amount]) => ({ service, amountUsd: toNumber(amount, picoUsd) })),
    totalUsd: toNumber([...byService.values()].reduce(add, zero), picoUsd),
  };
}

/** undefined: everything that was used has a price. */
export function unpriced(metered: Metered, prices: PriceTable): NotPriced | undefined {
  const missing = priceItemNames.filter((item) => metered.has(item) && prices.prices[item] === undefined);
  if (missing.length === 0) return undefined;
  return {
    kind: 'not priced',
    region: prices.region,
    pricesReadOn: pricesReadOn(prices),
    missing: missing.map((item) => ({ service: priceItems[item].service, item: priceItems[item].item })),
  };
}

function scaled(metered: Metered, volume: BilledVolume): Metered {
  if (volume.kind === 'run') return metered;
  const { imagesInRun, imagesPerMonth } = volume;
  if (!(Number.isSafeInteger(imagesInRun) && imagesInRun > 0)) {
    throw new CostError(`imagesInRun is a whole number from 1 on, got ${imagesInRun}.`);
  }
  if (!(Number.isFinite(imagesPerMonth) && imagesPerMonth >= 0)) {
    throw new CostError(`imagesPerMonth is a number from 0 on, got ${imagesPerMonth}.`);
  }
  const factor = divide(exact(imagesPerMonth), exact(imagesInRun));
  return new Map(
    [...metered]
      .map(([item, quantity]): [PriceItem, Exact] => [item, multiply(quantity, factor)])
      .filter(([, quantity]) => quantity.numerator > 0n),
  );
}
