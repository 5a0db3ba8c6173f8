import { parseArgs } from 'node:util';
import * as z from 'zod';

import { InvalidOptionsError } from '../errors.ts';
import { parseOptions } from '../parse-options.ts';
import type { ImageSet } from './image-set.ts';

export const HELP = `Usage: npm run images -- [options]

Makes photo-like images to process. The same flags make the same bytes.

  --count N        how many, 1 to 10000                       (default 12)
  --size-mb X      size of each file in MB of 10^6 bytes,
                   0.01 to 50, kept within 2 %                (default 1)
  --seed N         integer of at least 0                      (default 1)
  --format NAME    jpeg, png, webp, avif, tiff or gif         (default jpeg)
  --shipped        the twelve images that come with Skyground
  --out DIR        folder to write to                         (default images_to_upload)
  --force          overwrite files of the same names
  --help           show this

Exit codes: 0 all written, 1 failed, 2 wrong flags, 130 stopped.
`;

const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const;

const decimal = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);
const schema = z.strictObject({
  '--count': decimal.pipe(z.int().min(1).max(10_000)).default(12).describe('integer between 1 and 10000'),
  '--size-mb': decimal.pipe(z.number().min(0.01).max(50)).default(1).describe('number between 0.01 and 50'),
  '--seed': decimal.pipe(z.int()).default(1).describe('integer of at least 0'),
  '--format': z
    .enum(FORMATS)
    .default('jpeg')
    .describe(`one of ${FORMATS.join(', ')}`),
  '--out': z.string().min(1).optional().describe('a folder'),
});

export type Flags =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'make';
      readonly set: ImageSet;
      readonly out: string | undefined;
      readonly force: boolean;
    };

/** @throws {InvalidOptionsError} for what the help does not allow. */
export function parseFlags(args: readonly string[]): Flags {
  const { help, shipped, force, count, seed, format, out, 'size-mb': sizeMb } = split(args);
  if (help) return { kind: 'help' };
  const parsed = parseOptions(schema, {
    '--count': count,
    '--size-mb': sizeMb,
    '--seed': seed,
    '--format': format,
    '--out': out,
  });
  if (!shipped) {
    const sizeBytes = Math.round(parsed['--size-mb'] * 1e6);
    const set = {
      kind: 'of-size',
      count: parsed['--count'],
      sizeBytes,
      seed: parsed['--seed'],
      format: parsed['--format'],
    } as const;
    return { kind: 'make', set, out, force };
  }
  const contradicted = Object.entries({ count, 'size-mb': sizeMb, seed, format }).filter(
    ([, value]) => value !== undefined,
  );
  if (contradicted.length > 0) {
    const names = contradicted.map(([name]) => `--${name}`).join(', ');
    throw new InvalidOptionsError([
      `expected --shipped alone (its images are fixed) but received ${names} too`,
    ]);
  }
  return { kind: 'make', set: { kind: 'shipped' }, out, force };
}

function split(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        count: { type: 'string' },
        'size-mb': { type: 'string' },
        seed: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
        shipped: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new InvalidOptionsError([error instanceof Error ? error.message : String(error)]);
  }
}
