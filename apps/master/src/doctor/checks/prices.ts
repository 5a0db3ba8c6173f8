import { type PriceAge, priceAge, pricesOf, pricesReadOn, usEast1Prices } from '@skyground/cost';
import { defineCheck, type Judgement, type Remote } from '../check.ts';

interface PricesSeen {
  /** Of the table that is used. */
  readonly region: string;
  readonly readOn: string;
  readonly age: PriceAge;
  /** The region of the target, where there is no table for it. */
  readonly regionWithoutTable: string | undefined;
}

export const pricesCheck = defineCheck({
  id: 'prices',
  title: 'Price table',
  probe: async ({ remote, now }): Promise<PricesSeen> => {
    const region = remote?.target.kind === 'aws' ? await regionOf(remote) : undefined;
    const prices = region === undefined ? undefined : pricesOf(region);
    const table = prices?.kind === 'prices' ? prices.table : usEast1Prices;
    const readOn = pricesReadOn(table);
    return {
      region: table.region,
      readOn,
      age: priceAge(readOn, now().toISOString().slice(0, 10)),
      regionWithoutTable: prices?.kind === 'no prices' ? region : undefined,
    };
  },
  judge: judgePrices,
});

/** As the SDK finds it, in the profile too. That there is none is said by the check of the region. */
async function regionOf({ clients }: Remote): Promise<string | undefined> {
  return clients.sts.config.region().catch(() => undefined);
}

export function judgePrices({ region, readOn, age, regionWithoutTable }: PricesSeen): Judgement {
  const table = `prices of ${region} read on ${readOn}`;
  const seen = `${table}, ${age.ageDays} days ago`;
  if (age.kind === 'ahead') {
    const advice = "Look at this machine's date: the prices cannot have been read after today.";
    return { status: 'warning', seen: `${table}, which is not yet`, advice };
  }
  if (age.kind === 'stale') {
    const advice = 'Read them again (packages/cost/README.md): modelled costs are those of that day.';
    return { status: 'warning', seen: `${seen}, more than ${age.limitDays}`, advice };
  }
  if (regionWithoutTable === undefined) return { status: 'ok', seen };
  const advice = 'What is modelled uses us-east-1 or is left out, and says so; what is measured stands.';
  return { status: 'warning', seen: `${seen}; no sourced prices for ${regionWithoutTable}`, advice };
}
