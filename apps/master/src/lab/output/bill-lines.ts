import type { RunBill } from '@skyground/experiment';
import { formatQuantity } from '../../output/format.ts';

/** What a usage costs in one sentence: modelled, with the region and date of the prices, or what has no price by name. */
export function billLine(bill: RunBill): string {
  switch (bill.kind) {
    case 'priced': {
      const { region, pricesReadOn, totalUsd } = bill.listPrice;
      const free = bill.withFreeTier.totalUsd;
      return `Cost on AWS, modelled: $${totalUsd.toFixed(6)} (list prices of ${region}, ${pricesReadOn}; $${free.toFixed(6)} with the free tier)`;
    }
    case 'not priced': {
      const missing = bill.missing.map(({ service, item }) => `${service} ${item}`).join(', ');
      return `Cost on AWS: not modelled, no sourced price in ${bill.region} for ${missing}`;
    }
    case 'no prices':
      return `Cost on AWS: not modelled, no sourced prices of ${bill.region} (there are those of ${bill.regions.join(', ')})`;
  }
}

/** Each line of the bill, for a plan. */
export function billItems(bill: RunBill): string[] {
  if (bill.kind !== 'priced') return [];
  return bill.listPrice.lines.map(
    ({ service, item, quantity, unit, amountUsd }) =>
      `  $${amountUsd.toFixed(6)}  ${service}, ${item}: ${formatQuantity(quantity)} ${unit}`,
  );
}
