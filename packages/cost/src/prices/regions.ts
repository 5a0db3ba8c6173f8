import apSouth1 from './aws/ap-south-1.json' with { type: 'json' };
import euWest3 from './aws/eu-west-3.json' with { type: 'json' };
import saEast1 from './aws/sa-east-1.json' with { type: 'json' };
import usEast1 from './aws/us-east-1.json' with { type: 'json' };
import usWest1 from './aws/us-west-1.json' with { type: 'json' };
import { type PriceTable, parsePriceTable } from './table.ts';

/** The one region for which everything has a source. */
export const usEast1Prices: PriceTable = parsePriceTable(usEast1, 'prices/aws/us-east-1.json');

const tables: readonly PriceTable[] = [
  usEast1Prices,
  parsePriceTable(usWest1, 'prices/aws/us-west-1.json'),
  parsePriceTable(euWest3, 'prices/aws/eu-west-3.json'),
  parsePriceTable(apSouth1, 'prices/aws/ap-south-1.json'),
  parsePriceTable(saEast1, 'prices/aws/sa-east-1.json'),
];

export type RegionPrices =
  | { readonly kind: 'prices'; readonly table: PriceTable }
  /** No price of that region has a source; these regions have some. */
  | { readonly kind: 'no prices'; readonly region: string; readonly regions: readonly string[] };

/** A region's table as it comes with Skyground. Another region's prices are never put in its place. */
export function pricesOf(region: string): RegionPrices {
  const table = tables.find((candidate) => candidate.region === region);
  if (table !== undefined) return { kind: 'prices', table };
  return { kind: 'no prices', region, regions: tables.map((candidate) => candidate.region) };
}
