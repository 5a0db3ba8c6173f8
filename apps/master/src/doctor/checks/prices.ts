import { lookUp } from '@skyground/cloud';
import { type PriceAge, priceAge, pricesOf, pricesReadOn, usEast1Prices } from '@skyground/cost';
import { defineCheck, type Judgement } from '../check.ts';

interface PricesSeen {
  readonly readOn: string;
  readonly age: PriceAge;
  /** The chosen region, where there is no table for it. */
  readonly regionWithoutTable: string | undefined;
}

export const pricesCheck = defineCheck({
  id: 'prices',
  title: 'Price table',
  probe: ({ settings, target, now }): PricesSeen => {
    const readOn = pricesReadOn(usEast1Prices);
    const region = target.kind === 'aws' ? lookUp(settings, 'region')?.value : undefined;
    const lacks = region !== undefined && pricesOf(region).kind === 'no prices';
    return {
      readOn,
      age: priceAge(readOn, now().toISOString().slice(0, 10)),
      regionWithoutTable: lacks ? region : undefined,
    };
  },
  judge: judgePrices,
});

export function judgePrices({ readOn, age, regionWithoutTable }: PricesSeen): Judgement {
  const seen = `prices of us-east-1 read on ${readOn}, ${age.ageDays} days ago`;
  if (age.kind === 'ahead') {
    const advice = "Look at this machine's date: the prices cannot have been read after today.";
    return { status: 'warning', seen: `prices of us-east-1 read on ${readOn}, which is not yet`, advice };
  }
  if (age.kind === 'stale') {
    const advice = 'Read them again (packages/cost/README.md): modelled costs are those of that day.';
    return { status: 'warning', seen: `${seen}, more than ${age.limitDays}`, advice };
  }
  if (regionWithoutTable === undefined) return { status: 'ok', seen };
  const advice = 'What is modelled uses us-east-1 or is left out, and says so; what is measured stands.';
  return { status: 'warning', seen: `${seen}; no sourced prices for ${regionWithoutTable}`, advice };
}
