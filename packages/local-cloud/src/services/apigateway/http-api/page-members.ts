import { z } from 'zod';
import { badRequest } from '../errors.ts';

/** The paging members of every list of HTTP APIs; the number travels as text. */
export const pageMembers = { MaxResults: z.string().optional(), NextToken: z.string().optional() };

const MAXIMUM_PAGE_SIZE = 500;

export function pageSize({ MaxResults }: { readonly MaxResults?: string | undefined }): number {
  if (MaxResults === undefined) return MAXIMUM_PAGE_SIZE;
  const size = Number(MaxResults);
  if (!/^\d{1,3}$/.test(MaxResults) || size < 1 || size > MAXIMUM_PAGE_SIZE) {
    throw badRequest(`Invalid MaxResults: expected 1 to ${MAXIMUM_PAGE_SIZE}, found ${MaxResults}`);
  }
  return size;
}
