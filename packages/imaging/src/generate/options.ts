import * as z from 'zod';

import { InvalidOptionsError } from '../errors.ts';
import { parseOptions } from '../parse-options.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const;
const KINDS = ['lake', 'meadow', 'city'] as const;
const PALETTES = ['noon', 'dawn', 'dusk', 'night', 'autumn', 'desert'] as const;
const edgePx = z.int().min(16).max(16_384).describe('integer between 16 and 16384');

const picture = {
  seed: z.int().min(0).describe('integer of at least 0'),
  format: z
    .enum(FORMATS)
    .default('jpeg')
    .describe(`one of ${FORMATS.join(', ')}`),
  kind: z
    .enum(KINDS)
    .optional()
    .describe(`one of ${KINDS.join(', ')}`),
  palette: z
    .enum(PALETTES)
    .optional()
    .describe(`one of ${PALETTES.join(', ')}`),
  text: z
    .string()
    .regex(/^[A-Z0-9 .-]{0,16}$/)
    .optional()
    .describe('at most 16 of A-Z, 0-9, space, dot and hyphen'),
  alpha: z.boolean().default(false).describe('boolean'),
  bitDepth: z.literal([8, 16]).default(8).describe('8 or 16'),
  progressive: z.boolean().default(false).describe('boolean'),
  orientation: z.literal([1, 2, 3, 4, 5, 6, 7, 8]).default(1).describe('integer between 1 and 8'),
};

const imageSchema = z.strictObject({
  ...picture,
  widthPx: edgePx,
  heightPx: edgePx,
  quality: z.int().min(1).max(100).default(90).describe('integer between 1 and 100'),
});

const imageOfSizeSchema = z.strictObject({
  ...picture,
  sizeBytes: z.int().min(10_000).max(50_000_000).describe('integer between 10000 and 50000000'),
});

/** A picture and how it is stored. What is left out of `kind`, `palette` and `text`, the seed chooses. */
export type GenerateOptions = Readonly<z.input<typeof imageSchema>>;
export type GenerateOfSizeOptions = Readonly<z.input<typeof imageOfSizeSchema>>;
type Picture = Pick<z.output<typeof imageSchema>, keyof typeof picture>;

export function parseGenerateOptions(options: GenerateOptions): z.output<typeof imageSchema> {
  return possible(parseOptions(imageSchema, options));
}

export function parseGenerateOfSizeOptions(
  options: GenerateOfSizeOptions,
): z.output<typeof imageOfSizeSchema> {
  return possible(parseOptions(imageOfSizeSchema, options));
}

/** Refuses what a format cannot store, rather than storing something else. */
function possible<P extends Picture>(options: P): P {
  const { format, alpha, bitDepth, progressive, orientation } = options;
  const problems: string[] = [];
  const demand = (asked: boolean, able: readonly (typeof FORMATS)[number][], what: string): void => {
    if (asked && !able.includes(format))
      problems.push(`expected one of ${able.join(', ')} for format with ${what} but received ${format}`);
  };
  demand(alpha, ['png', 'webp', 'avif', 'tiff'], 'alpha');
  demand(bitDepth === 16, ['png', 'tiff'], 'bitDepth 16');
  demand(progressive, ['jpeg', 'png'], 'progressive');
  demand(orientation !== 1, ['jpeg', 'png', 'webp', 'tiff'], 'orientation');
  if (problems.length > 0) throw new InvalidOptionsError(problems);
  return options;
}
