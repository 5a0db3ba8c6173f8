import { formatCount } from '@skyground/charts';
import type { Bill } from '@skyground/cost';
import type { RunBill } from '../../run/run-bill.ts';
import type { Section } from '../document.ts';

/** What the run would have cost; undefined for an experiment that uses nothing of a cloud. */
export function billSection(bill: RunBill | undefined): Section | undefined {
  if (bill === undefined) return undefined;
  return { id: 'bill', title: 'Bill (modelled)', blocks: blocksOf(bill) };
}

function blocksOf(bill: RunBill): Section['blocks'] {
  if (bill.kind === 'no prices') {
    const text = `No bill: no price of region ${bill.region} has a source. There are prices of ${bill.regions.join(', ')}; none of them is put in its place.`;
    return [{ kind: 'text', text }];
  }
  if (bill.kind === 'not priced') {
    const missing = bill.missing.map(({ service, item }) => `${service} ${item}`).join(', ');
    const text = `No bill: the prices of region ${bill.region}, read on ${bill.pricesReadOn}, have no source for ${missing}, and a total without it would mislead.`;
    return [{ kind: 'text', text }];
  }
  const { listPrice, withFreeTier } = bill;
  return [
    {
      kind: 'text',
      text: `Modelled, not sent by AWS: measured usage times the list prices of region ${listPrice.region}, read on ${listPrice.pricesReadOn}. The run by itself would cost ${usd(listPrice.totalUsd)} at list price, and ${usd(withFreeTier.totalUsd)} in an account that has used none of this month's free tier.`,
    },
    servicesTable(listPrice, withFreeTier),
    linesTable(listPrice),
  ];
}

function servicesTable(listPrice: Bill, withFreeTier: Bill): Section['blocks'][number] {
  const free = new Map(withFreeTier.services.map(({ service, amountUsd }) => [service, amountUsd]));
  return {
    kind: 'table',
    caption: 'Modelled bill by service',
    note: 'In US dollars, for this run alone.',
    table: {
      columns: ['service', 'list price', 'with free tier'],
      rows: [
        ...listPrice.services.map(({ service, amountUsd }) => [
          service,
          usd(amountUsd),
          usd(free.get(service) ?? 0),
        ]),
        ['total', usd(listPrice.totalUsd), usd(withFreeTier.totalUsd)],
      ],
    },
  };
}

function linesTable({ lines }: Bill): Section['blocks'][number] {
  return {
    kind: 'table',
    caption: 'What the bill is made of',
    note: 'Quantities as measured, at list price.',
    table: {
      columns: ['service', 'item', 'quantity', 'unit', 'price', 'amount'],
      rows: lines.map(({ service, item, tier, quantity, unit, price, amountUsd }) => [
        service,
        tier === 1 ? item : `${item} (tier ${tier})`,
        quantity.toLocaleString('en-US', { maximumSignificantDigits: 6 }),
        unit,
        `${price.usd} USD for ${formatCount(price.per)}`,
        usd(amountUsd),
      ]),
    },
  };
}

/** Runs cost fractions of a cent, so digits count from the first that is not zero. */
function usd(amount: number): string {
  return `${amount.toLocaleString('en-US', { maximumSignificantDigits: 4 })} USD`;
}
