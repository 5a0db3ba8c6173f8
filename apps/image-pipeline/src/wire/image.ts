import * as z from 'zod';

export const sha256Schema = z.string().regex(/^[\da-f]{64}$/);
const edgePx = z.int().min(1);
const sizeBytes = z.int().min(1);

/** What the image that goes in is. The same in every session, wherever it lies. */
export const sourceSchema = z.strictObject({
  format: z.enum(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif']),
  widthPx: edgePx,
  heightPx: edgePx,
  sizeBytes,
  sha256: sha256Schema,
});
export type Source = z.output<typeof sourceSchema>;

/** An object of S3. */
export const locationSchema = z.strictObject({
  bucket: z.string().min(3).max(63),
  key: z.string().min(1).max(1_024),
});
export type Location = z.output<typeof locationSchema>;

/** How the image gets to the branches: where it lies, or as it is. */
export const passedImageSchema = z.discriminatedUnion('kind', [
  locationSchema.extend({ kind: z.literal('key') }),
  z.strictObject({ kind: z.literal('inline'), base64: z.base64() }),
]);
export type PassedImage = z.output<typeof passedImageSchema>;
