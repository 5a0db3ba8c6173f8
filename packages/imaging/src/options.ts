import * as z from 'zod';

import { InvalidOptionsError } from './errors.ts';
import { MAX_INPUT_PIXELS, MAX_JPEG_EDGE_PX } from './limits.ts';

const edgePx = z.int().min(1).max(MAX_JPEG_EDGE_PX);

const processOptionsSchema = z.strictObject({
  widthPx: edgePx.default(800),
  heightPx: edgePx.default(600),
  fit: z.enum(['fill', 'inside', 'cover']).default('fill'),
  quality: z.int().min(1).max(100).default(85),
  chromaSubsampling: z.enum(['4:2:0', '4:4:4']).default('4:2:0'),
  mozjpeg: z.boolean().default(false),
  name: z.string().min(1).optional(),
});

/** What a caller may say about the output; `name` is what errors call the image. */
export type ProcessOptions = Readonly<z.input<typeof processOptionsSchema>>;
export type ParsedOptions = Readonly<z.output<typeof processOptionsSchema>>;
export type Fit = ParsedOptions['fit'];

const EXPECTED: Readonly<Record<string, string>> = {
  widthPx: `integer between 1 and ${MAX_JPEG_EDGE_PX}`,
  heightPx: `integer between 1 and ${MAX_JPEG_EDGE_PX}`,
  fit: 'one of fill, inside, cover',
  quality: 'integer between 1 and 100',
  chromaSubsampling: 'one of 4:2:0, 4:4:4',
  mozjpeg: 'boolean',
  name: 'non-empty string',
};

/** @throws {InvalidOptionsError} which lists every unknown or wrong option. */
export function parseOptions(options: unknown): ParsedOptions {
  const parsed = processOptionsSchema.safeParse(options);
  if (!parsed.success)
    throw new InvalidOptionsError(parsed.error.issues.map((issue) => describe(issue, options)));
  const { widthPx, heightPx } = parsed.data;
  if (widthPx * heightPx > MAX_INPUT_PIXELS) {
    const limit = MAX_INPUT_PIXELS.toLocaleString('en');
    throw new InvalidOptionsError([
      `expected at most ${limit} pixels for widthPx x heightPx but received ${widthPx} x ${heightPx}`,
    ]);
  }
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, options: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    return `expected only ${Object.keys(EXPECTED).join(', ')} as options but received ${issue.keys.join(', ')}`;
  }
  const name = String(issue.path[0] ?? 'options');
  const received: unknown =
    issue.path.length === 0 ? options : Object.getOwnPropertyDescriptor(options, name)?.value;
  return `expected ${EXPECTED[name] ?? 'an object'} for ${name} but received ${String(received)} of type ${typeof received}`;
}
