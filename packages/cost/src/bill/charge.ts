import { divide, type Exact, exact, lesser, multiply, subtract, zero } from '../exact.ts';
import { type PriceItem, priceItemNames } from '../prices/items.ts';
import type { Price, PriceTable } from '../prices/table.ts';
import type { Metered } from './meter.ts';

/** What one tier of one item costs. */
export interface Charge {
  readonly item: PriceItem;
  readonly tier: number | 'free';
  readonly quantity: Exact;
  /** As published, for `per` units. */
  readonly usd: string;
  readonly per: number;
  readonly amount: Exact;
}

/**
 * A month's quantities by item and tier. A free allowance covers the first units of the month and so uses up the first
 * tier's: with 100 GB free, the first tier of 10 TB ends at 10 TB sent, not at 10.1.
 */
export function charge(metered: Metered, { prices, freePerMonth }: PriceTable, freeTier: boolean): Charge[] {
  const free = new Map<PriceItem, Exact>();
  for (const { items, quantity } of freeTier ? freePerMonth : []) {
    let left = exact(quantity);
    for (const item of items) {
      const taken = lesser(left, metered.get(item) ?? zero);
      free.set(item, taken);
      left = subtract(left, taken);
    }
  }
  return priceItemNames.flatMap((item) => {
    const quantity = metered.get(item);
    const price = prices[item];
    return quantity === undefined || price === undefined
      ? []
      : chargeItem(item, quantity, price, free.get(item) ?? zero);
  });
}

function chargeItem(item: PriceItem, quantity: Exact, { tiers, per }: Price, free: Exact): Charge[] {
  const charges: Charge[] = [];
  if (free.numerator > 0n) {
    charges.push({ item, tier: 'free', quantity: free, usd: '0', per, amount: zero });
  }
  let reached = free;
  for (const [index, { usd, upTo }] of tiers.entries()) {
    const end = upTo === undefined ? quantity : lesser(quantity, exact(upTo));
    const inTier = subtract(end, reached);
    if (inTier.numerator <= 0n) continue;
    const amount = divide(multiply(inTier, exact(usd)), exact(per));
    charges.push({ item, tier: index + 1, quantity: inTier, usd, per, amount });
    reached = end;
  }
  return charges;
}
