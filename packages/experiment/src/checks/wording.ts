import { compareText } from './rows.ts';

/** Up to five names in order, and how many more there are. */
export function named(names: Iterable<string>): string {
  const all = [...new Set(names)].toSorted(compareText);
  const shown = all.slice(0, 5).join(', ');
  return all.length > 5 ? `${shown} and ${all.length - 5} more` : shown;
}

export function unitsOf(rows: readonly { readonly unit: string }[]): string {
  return named(rows.map((row) => row.unit));
}

export function percent(share: number): string {
  return `${figure(share * 100)} %`;
}

/** Three digits are enough to judge by. */
export function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}
