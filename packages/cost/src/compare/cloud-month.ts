import type { Metered } from '../bill/meter.ts';
import { CostError } from '../errors.ts';
import { divide, exact, toNumber } from '../exact.ts';
import type { PriceItem } from '../prices/items.ts';
import type { PriceTable } from '../prices/table.ts';

/** What so many images a month cost in the cloud: rising, and straight between the volumes at which a tier ends. */
export interface CloudMonth {
  readonly usdAt: (imagesPerMonth: number) => number;
  /** The volume that costs so much, above 0. */
  readonly imagesFor: (usd: number) => number;
  /** Volumes at which the price of a further image changes. */
  readonly bends: readonly number[];
}

/** Quantities of one image, in doubles: the bootstrap prices thousands of months, and twelve digits are enough for it. */
export type PerImage = ReadonlyMap<PriceItem, number>;

export function perImage(metered: Metered, images: number): PerImage {
  return new Map(
    [...metered].map(([item, quantity]) => [item, toNumber(divide(quantity, exact(images)), 30)]),
  );
}

/** Items that grow with how long an invocation takes. */
const durationItems: readonly PriceItem[] = [
  'lambda-duration-x86_64',
  'lambda-duration-arm64',
  'lambda-ephemeral-storage',
  'lambda-provisioned-duration-x86_64',
  'lambda-provisioned-duration-arm64',
];

/** The same images, each billed for `factor` times as long. */
export function withDuration(quantities: PerImage, factor: number): PerImage {
  return new Map(
    [...quantities].map(([item, quantity]) => [
      item,
      durationItems.includes(item) ? quantity * factor : quantity,
    ]),
  );
}

export function cloudMonth(quantities: PerImage, table: PriceTable, freeTier: boolean): CloudMonth {
  const tiered = new Map([...quantities].map(([item, quantity]) => [item, tierCosts(item, quantity, table)]));
  const allowances = freeTier ? table.freePerMonth : [];
  const bends = [...tiered.values()].flatMap((item) => item.bends);
  for (const { items, quantity } of allowances) {
    let sharedPerImage = 0;
    for (const item of items) {
      sharedPerImage += quantities.get(item) ?? 0;
      if (sharedPerImage > 0) bends.push(quantity / sharedPerImage);
    }
  }
  bends.sort((a, b) => a - b);

  const usdAt = (imagesPerMonth: number): number => {
    let usd = 0;
    for (const item of tiered.values()) usd += item.usdFor(item.perImage * imagesPerMonth);
    for (const { items, quantity } of allowances) {
      let left = quantity;
      for (const name of items) {
        const item = tiered.get(name);
        if (item === undefined) continue;
        const taken = Math.min(left, item.perImage * imagesPerMonth);
        usd -= item.usdFor(taken);
        left -= taken;
      }
    }
    return usd;
  };

  const corners = [0, ...bends].map((images) => ({ images, usd: usdAt(images) }));
  const imagesFor = (usd: number): number => {
    const next = corners.findIndex((corner) => corner.usd > usd);
    const from = corners.at(next === -1 ? -1 : next - 1) ?? { images: 0, usd: 0 };
    const to = corners[next] ?? { images: 2 * from.images + 1, usd: usdAt(2 * from.images + 1) };
    const usdPerImage = (to.usd - from.usd) / (to.images - from.images);
    return from.images + (usd - from.usd) / usdPerImage;
  };

  return { usdAt, imagesFor, bends };
}

interface TierCosts {
  readonly perImage: number;
  readonly bends: readonly number[];
  readonly usdFor: (quantity: number) => number;
}

function tierCosts(item: PriceItem, perImage: number, { prices }: PriceTable): TierCosts {
  const price = prices[item];
  if (price === undefined) throw new CostError(`The price table has no price for ${item}.`);
  const { tiers, per } = price;
  const steps = tiers.map(({ usd, upTo }, index) => ({
    from: tiers[index - 1]?.upTo ?? 0,
    to: upTo ?? Number.POSITIVE_INFINITY,
    usdPerUnit: Number(usd) / per,
  }));
  return {
    perImage,
    bends: steps.slice(1).map(({ from }) => from / perImage),
    usdFor: (quantity) => {
      let usd = 0;
      for (const { from, to, usdPerUnit } of steps) {
        if (quantity > from) usd += (Math.min(quantity, to) - from) * usdPerUnit;
      }
      return usd;
    },
  };
}
