import * as z from 'zod';

import { InvalidOptionsError } from './errors.ts';
import { MAX_INPUT_PIXELS, MAX_JPEG_EDGE_PX } from './limits.ts';
import { parseOptions } from './parse-options.ts';

const edgePx = z.int().min(1).max(MAX_JPEG_EDGE_PX);
const edgeExpected = `integer between 1 and ${MAX_JPEG_EDGE_PX}`;

const schema = z.strictObject({
  widthPx: edgePx.default(800).describe(edgeExpected),
  heightPx: edgePx.default(600).describe(edgeExpected),
  fit: z.enum(['fill', 'inside', 'cover']).default('fill').describe('one of fill, inside, cover'),
  quality: z.int().min(1).max(100).default(85).describe('integer between 1 and 100'),
  chromaSubsampling: z.enum(['4:2:0', '4:4:4']).default('4:2:0').describe('one of 4:2:0, 4:4:4'),
  mozjpeg: z.boolean().default(false).describe('boolean'),
  name: z.string().min(1).optional().describe('non-empty string'),
});

/** What a caller may say about the output; `name` is what errors call the image. */
export type ProcessOptions = Readonly<z.input<typeof schema>>;
export type ParsedProcessOptions = Readonly<z.output<typeof schema>>;
export type Fit = ParsedProcessOptions['fit'];

/** @throws {InvalidOptionsError} which lists every unknown or wrong option. */
export function parseProcessOptions(options: unknown): ParsedProcessOptions {
  const parsed = parseOptions(schema, options);
  const { widthPx, heightPx } = parsed;
  if (widthPx * heightPx > MAX_INPUT_PIXELS) {
    const limit = MAX_INPUT_PIXELS.toLocaleString('en');
    throw new InvalidOptionsError([
      `expected at most ${limit} pixels for widthPx x heightPx but received ${widthPx} x ${heightPx}`,
    ]);
  }
  return parsed;
}
