import { z } from 'zod';
import { CostError } from '../errors.ts';
import { priceItemNames, priceItems } from './items.ts';

const source = z.strictObject({
  url: z.url(),
  /** The day on which the figure was read. */
  readOn: z.iso.date(),
  /** `read`: in the page itself. `quoted`: in somebody's copy that names this page as its source. */
  reading: z.enum(['read', 'quoted']),
  note: z.string().min(1).optional(),
});

/** Decimals as text, so that what is billed is what was published and not the double nearest to it. */
const usd = z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal such as "0.0000166667"');

const price = z.strictObject({
  unit: z.string().min(1),
  /** `usd` buys so many units: 0.20 per 1,000,000 requests. */
  per: z.number().int().positive(),
  /** Cheapest-last or not, as published: `upTo` is the month's quantity at which a tier ends, absent in the last one. */
  tiers: z.array(z.strictObject({ usd, upTo: z.number().positive().optional() })).min(1),
  source: z.string(),
});

const allowance = z.strictObject({
  /** Items that share the allowance; it is taken off them in this order. */
  items: z.array(z.enum(priceItemNames)).min(1),
  quantity: z.number().positive(),
  source: z.string(),
});

/** One region's prices. What has no source is absent. A GB is 2^30 bytes and a Lambda GB 1,024 MB, as AWS bills them. */
export const priceTableSchema = z
  .strictObject({
    provider: z.literal('aws'),
    region: z.string().min(1),
    currency: z.literal('USD'),
    note: z.string().min(1),
    sources: z.record(z.string(), source),
    prices: z.partialRecord(z.enum(priceItemNames), price),
    freePerMonth: z.array(allowance),
  })
  .superRefine(({ sources, prices, freePerMonth }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const needSource = (path: (string | number)[], name: string) => {
      if (sources[name] === undefined) refuse([...path, 'source'], `no source is called ${name}`);
    };
    for (const item of priceItemNames) {
      const entry = prices[item];
      if (entry === undefined) continue;
      const path = ['prices', item];
      needSource(path, entry.source);
      const { unit } = priceItems[item];
      if (entry.unit !== unit) refuse([...path, 'unit'], `expected ${unit}, got ${entry.unit}`);
      const edges = entry.tiers.map((tier) => tier.upTo ?? Number.POSITIVE_INFINITY);
      const rising = edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0));
      if (!rising || edges.at(-1) !== Number.POSITIVE_INFINITY) {
        refuse([...path, 'tiers'], 'expected rising upTo and a last tier without one');
      }
    }
    const allowed = freePerMonth.flatMap(({ items }) => items);
    if (new Set(allowed).size < allowed.length) {
      refuse(['freePerMonth'], 'an item stands in two allowances');
    }
    for (const [index, { items, quantity, source: name }] of freePerMonth.entries()) {
      needSource(['freePerMonth', index], name);
      for (const item of items) {
        // The monthly curve is cut at the allowance and at the tiers; one inside the other would need more cuts.
        if (quantity > (prices[item]?.tiers[0]?.upTo ?? Number.POSITIVE_INFINITY)) {
          refuse(['freePerMonth', index, 'quantity'], `exceeds the first tier of ${item}`);
        }
      }
    }
  });

export type PriceTable = Readonly<z.infer<typeof priceTableSchema>>;
export type Price = z.infer<typeof price>;

/** Checks a table from outside; `name` is its file, for the message. */
export function parsePriceTable(value: unknown, name: string): PriceTable {
  const checked = priceTableSchema.safeParse(value);
  if (checked.success) return checked.data;
  throw new CostError(`${name} is not a price table: ${z.prettifyError(checked.error)}`, {
    cause: checked.error,
  });
}

/** The date that stands beside every figure made from the table: that of its oldest source. */
export function pricesReadOn({ sources }: PriceTable): string {
  const dates = Object.values(sources).map(({ readOn }) => readOn);
  const oldest = dates.toSorted()[0];
  if (oldest === undefined) throw new CostError('The price table has no source, so it has no date.');
  return oldest;
}
