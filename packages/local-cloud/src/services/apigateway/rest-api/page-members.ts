import { z } from 'zod';

/** The paging members of every list of REST APIs, with AWS's sizes. */
export const pageMembers = {
  limit: z.number().int().min(1).max(500).default(25),
  position: z.string().optional(),
};
