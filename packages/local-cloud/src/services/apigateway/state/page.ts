import { badRequest } from '../errors.ts';

/** One page of items in a stable order; the token says how many came before. */
export function page<Item>(
  items: readonly Item[],
  sizeLimit: number,
  token: string | undefined,
): { readonly items: Item[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : offset(token);
  const end = from + sizeLimit;
  return {
    items: items.slice(from, end),
    next: end < items.length ? Buffer.from(String(end)).toString('base64url') : undefined,
  };
}

function offset(token: string): number {
  const digits = Buffer.from(token, 'base64url').toString('latin1');
  if (!/^\d{1,9}$/.test(digits)) throw badRequest('Invalid position parameter specified');
  return Number(digits);
}
