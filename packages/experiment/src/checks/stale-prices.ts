import type { Check } from './check.ts';

const oldestDays = 180;
const dayMs = 24 * 60 * 60 * 1000;

export const stalePrices: Check = {
  id: 'stale-prices',
  guards: 'Prices change: DynamoDB halved its own within a year.',
  find: ({ conditions: { pricesReadOn, startedAt } }) => {
    if (pricesReadOn === null) return [];
    const days = Math.floor((Date.parse(startedAt) - Date.parse(pricesReadOn)) / dayMs);
    // Written so that a date that is none does not pass as a young one.
    if (days <= oldestDays) return [];
    const age = Number.isFinite(days) ? `${days} days before` : 'at an unknown time before';
    return [
      {
        checkId: 'stale-prices',
        severity: 'warning',
        arms: [],
        seen: `The price table was read on ${pricesReadOn}, ${age} the run of ${startedAt}; after ${oldestDays} days it is to be read anew.`,
        remedy: 'Update the price table from its sources and derive the report again.',
      },
    ];
  },
};
