import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAX_INPUT_PIXELS } from '@skyground/imaging';
import { z } from 'zod';

import { OnPremUsageError } from './errors.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

function integer(min: number, max: number) {
  const expected = `an integer between ${min} and ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: expected, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected });
}

function oneOf<const Values extends readonly string[]>(...values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

const flagsSchema = z
  .strictObject({
    images: z.string().min(1, { error: 'a folder' }).optional(),
    workers: integer(1, 256).optional(),
    out: z.string().min(1, { error: 'a folder' }).optional(),
    metrics: z.string().min(1, { error: 'a file' }).optional(),
    repetitions: integer(1, 10_000),
    warmup: integer(0, 1000),
    width: integer(1, 65_535),
    height: integer(1, 65_535),
    fit: oneOf('fill', 'inside', 'cover'),
    quality: integer(1, 100),
    chroma: oneOf('4:2:0', '4:4:4'),
    mozjpeg: z.boolean(),
    resume: z.boolean(),
    watch: z.boolean(),
    settle: integer(0, 3_600_000),
    json: z.boolean(),
  })
  .refine(({ width, height }) => width * height <= MAX_INPUT_PIXELS, {
    path: ['width'],
    error: `--width times --height of at most ${MAX_INPUT_PIXELS} pixels`,
  })
  .refine(({ watch, resume }) => !(watch && resume), {
    path: ['resume'],
    error: 'either --watch or --resume: a watch always continues from the metrics file',
  })
  .refine(({ watch, repetitions }) => !watch || repetitions === 1, {
    path: ['repetitions'],
    error: 'one repetition with --watch',
  });

export type Flags = Readonly<ReturnType<typeof parseFlags>>;

/**
 * @param from relative paths start here.
 * @throws {OnPremUsageError} that lists every wrong flag.
 */
export function parseFlags(raw: unknown, from: string) {
  const parsed = flagsSchema.safeParse(raw);
  if (!parsed.success) {
    const given = z.record(z.string(), z.unknown()).catch({}).parse(raw);
    const problems = parsed.error.issues.map(({ path, message }) => {
      const flag = String(path[0]);
      return `--${flag}: expected ${message} but received ${JSON.stringify(given[flag])}`;
    });
    throw new OnPremUsageError(problems.join('\n'));
  }
  const flags = parsed.data;
  return {
    imagesDir:
      flags.images === undefined ? resolve(repository, 'images_to_upload') : resolve(from, flags.images),
    outputDir:
      flags.out === undefined ? resolve(repository, 'apps/onprem/output_local') : resolve(from, flags.out),
    metricsFile:
      flags.metrics === undefined
        ? resolve(repository, 'metrics/local_metrics.csv')
        : resolve(from, flags.metrics),
    workers: flags.workers ?? availableParallelism(),
    repetitions: flags.repetitions,
    warmupImages: flags.warmup,
    processOptions: {
      widthPx: flags.width,
      heightPx: flags.height,
      fit: flags.fit,
      quality: flags.quality,
      chromaSubsampling: flags.chroma,
      mozjpeg: flags.mozjpeg,
    },
    resume: flags.resume,
    watch: flags.watch,
    settleMs: flags.settle,
    json: flags.json,
  };
}
