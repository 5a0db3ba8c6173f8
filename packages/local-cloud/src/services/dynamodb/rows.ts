/** Where dynalite keeps each kind of rows: its own prefixes, which the pinned version fixes. */
export const TABLE_ROWS = 'table~';

export function itemRows(table: string): string {
  return `item-${table}~`;
}

/** Of one index, or of all of a kind where none is named. */
export function indexRows(type: string, table: string, index?: string): string {
  const ofTable = `index-${type.toLowerCase()}~${table}~`;
  return index === undefined ? ofTable : `${ofTable}${index}~`;
}

/** All keys that begin so. Keys are ASCII. */
export function beginningWith(prefix: string): { readonly gte: string; readonly lt: string } {
  return { gte: prefix, lt: `${prefix}\u00ff` };
}
