import * as z from 'zod';

import { BRANCHES } from '../branches.ts';
import { delaySchema } from './delays.ts';
import { passedImageSchema, sha256Schema, sourceSchema } from './image.ts';
import { sessionSchema } from './session.ts';

/** What each of the four branches is given. */
export const branchInputSchema = z.strictObject({
  session: sessionSchema,
  source: sourceSchema,
  image: passedImageSchema,
  delay: delaySchema,
});
export type BranchInput = z.output<typeof branchInputSchema>;

/** One object that a function wrote. */
const writtenSchema = z.strictObject({
  /** Its place below the session: the same in every session. */
  name: z.string().regex(/^[\w-]+(\/[\w-]+)*\.(jpg|png|json)$/),
  key: z.string(),
  sizeBytes: z.int().min(1),
  sha256: sha256Schema,
});
export type Written = z.output<typeof writtenSchema>;

const pictureSchema = writtenSchema.extend({
  operation: z.string(),
  widthPx: z.int().min(1),
  heightPx: z.int().min(1),
  /** Mean of all its samples before it was encoded, 0 to 255, to three digits. */
  meanLevel: z.number().min(0).max(255),
});
export type Picture = z.output<typeof pictureSchema>;

/** What each of them answers: no time, mode or run in it but the session in the keys. */
export const branchResultSchema = z.strictObject({
  branch: z.enum(BRANCHES),
  pictures: z.array(pictureSchema).min(1),
  /** The pictures in small, side by side: a row of the contact sheet. */
  strip: writtenSchema,
});
export type BranchResult = z.output<typeof branchResultSchema>;
