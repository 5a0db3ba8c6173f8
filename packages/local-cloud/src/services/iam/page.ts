import { z } from 'zod';
import { AwsError } from '../../errors.ts';

/** The paging members of every List operation of IAM. */
export const pageMembers = {
  Marker: z.string().min(1).max(320).optional(),
  MaxItems: z.number().int().min(1).max(1000).default(100),
};

export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems: number;
}

/** One page of items that are sorted by a unique name; the marker holds the name before the page. */
export function page<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { Marker, MaxItems }: PageInput,
): { readonly items: Item[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const from = Marker === undefined ? undefined : decode(Marker);
  const rest = from === undefined ? items : items.filter((item) => nameOf(item) > from);
  const taken = rest.slice(0, MaxItems);
  const last = taken.at(-1);
  if (rest.length <= MaxItems || last === undefined) return { items: taken, IsTruncated: false };
  return { items: taken, IsTruncated: true, Marker: Buffer.from(nameOf(last)).toString('base64url') };
}

function decode(marker: string): string {
  if (!/^[\w-]+$/.test(marker)) throw new AwsError('ValidationError', 'Invalid Marker.', 400);
  return Buffer.from(marker, 'base64url').toString('utf8');
}
