import * as z from 'zod';

import { ImageProcessorError } from './errors.ts';

/** How images are encoded: what of the imaging options a person may choose. Both sides of a comparison get the same. */
export const processingSchema = z.strictObject({
  fit: z.enum(['fill', 'inside', 'cover']),
  quality: z.int().min(1).max(100),
  chromaSubsampling: z.enum(['4:2:0', '4:4:4']),
  mozjpeg: z.boolean(),
});

export type Processing = Readonly<z.infer<typeof processingSchema>>;

/** As the original experiment did it; imaging's own defaults. */
export const DEFAULT_PROCESSING: Processing = {
  fit: 'fill',
  quality: 85,
  chromaSubsampling: '4:2:0',
  mozjpeg: false,
};

/** As an environment variable holds it: the same options give the same text, so that a second deploy changes nothing. */
export function processingToText(processing: Processing): string {
  return JSON.stringify(processingSchema.parse(processing));
}

/** @throws ImageProcessorError for text that no deploy of this version wrote. */
export function processingFromText(variable: string, text: string | undefined): Processing {
  const parsed = processingSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new ImageProcessorError(
    `${variable}: expected the options of processing as JSON, received ${JSON.stringify(text ?? null)}. ` +
      `Deploy the function again. ${z.prettifyError(parsed.error)}`,
    { cause: parsed.error },
  );
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
