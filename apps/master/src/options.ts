import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';
import { fromWhereThePersonStood, repositoryRoot } from './paths.ts';
import { type StageId, stageIds } from './stage-ids.ts';

/** A flag's text -> a whole number within bounds. `12.5`, `1e3` and `` are refused: a person may have meant another thing. */
function wholeNumber(flag: string, minimum: number, maximum: number) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, {
      error: (issue) =>
        `expected a whole number between ${minimum} and ${maximum} for --${flag} but received ${JSON.stringify(issue.input)}`,
    })
    .transform(Number);
}

const stageList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(
    z.array(
      z.enum(stageIds, {
        error: (issue) => `expected stages out of ${stageIds.join(', ')} but received ${JSON.stringify(issue.input)}`,
      }),
    ),
  );

/** What the flags of a run say, as typed; unknown ones are refused by commander and again here. */
const runFlagsSchema = z.strictObject({
  images: z.string().min(1).optional(),
  workers: wholeNumber('workers', 1, 256).optional(),
  target: z.string().min(1).optional(),
  profile: z.string().min(1).optional(),
  region: z.string().min(1).optional(),
  useAmbientCredentials: z.boolean().default(false),
  // 1769 MB is where AWS gives a function one whole vCPU, the counterpart of one on-prem worker per core.
  memory: wholeNumber('memory', 128, 10_240).default(1769),
  concurrency: wholeNumber('concurrency', 1, 1000).optional(),
  repetitions: wholeNumber('repetitions', 1, 1000).default(1),
  inputBucket: z.string().min(3).optional(),
  outputBucket: z.string().min(3).optional(),
  role: z.string().min(1).optional(),
  output: z.string().min(1).optional(),
  onPremOutput: z.string().min(1).optional(),
  fit: z.enum(['fill', 'inside', 'cover']).default('fill'),
  quality: wholeNumber('quality', 1, 100).default(85),
  chroma: z.enum(['4:2:0', '4:4:4']).default('4:2:0'),
  mozjpeg: z.boolean().default(false),
  only: stageList.optional(),
  skip: stageList.optional(),
  wait: wholeNumber('wait', 1, 86_400).default(300),
  logWait: wholeNumber('log-wait', 0, 3600).default(15),
  seed: wholeNumber('seed', 0, 2 ** 31 - 1).default(1),
  yes: z.boolean().default(false),
  resume: z.boolean().default(false),
});

/** Everything a run needs to know, resolved: absolute paths, numbers, defaults applied. Saved in run.json and used again by --resume. */
export const runOptionsSchema = z.strictObject({
  imagesDir: z.string(),
  metricsDir: z.string(),
  onPremOutputDir: z.string(),
  workers: z.number().int().positive(),
  target: z.string().nullable(),
  profile: z.string().nullable(),
  region: z.string().nullable(),
  useAmbientCredentials: z.boolean(),
  memoryMb: z.number().int().positive(),
  concurrency: z.number().int().positive(),
  /** Whether --concurrency was asked for: on a real account concurrency is reserved only then. */
  concurrencyAsked: z.boolean(),
  repetitions: z.number().int().positive(),
  inputBucket: z.string().nullable(),
  outputBucket: z.string().nullable(),
  role: z.string().nullable(),
  processing: z.strictObject({
    fit: z.enum(['fill', 'inside', 'cover']),
    quality: z.number(),
    chromaSubsampling: z.enum(['4:2:0', '4:4:4']),
    mozjpeg: z.boolean(),
  }),
  stages: z.array(z.enum(stageIds)),
  waitMs: z.number(),
  logWaitMs: z.number(),
  seed: z.number().int(),
});

export type RunOptions = Readonly<z.infer<typeof runOptionsSchema>>;

export interface RunRequest {
  readonly options: RunOptions;
  readonly yes: boolean;
  readonly resume: boolean;
}

function chosenStages(only: readonly StageId[] | undefined, skip: readonly StageId[] | undefined): StageId[] {
  return stageIds.filter((id) => (only === undefined || only.includes(id)) && !(skip ?? []).includes(id));
}

/** Flags as commander gives them -> a request. Throws UsageError with every problem, one a line. */
export function parseRunFlags(flags: unknown): RunRequest {
  const parsed = runFlagsSchema.safeParse(flags);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  const given = parsed.data;
  const workers = given.workers ?? availableParallelism();
  const options: RunOptions = {
    imagesDir: given.images === undefined ? join(repositoryRoot, 'images_to_upload') : fromWhereThePersonStood(given.images),
    metricsDir: given.output === undefined ? join(repositoryRoot, 'metrics') : fromWhereThePersonStood(given.output),
    onPremOutputDir:
      given.onPremOutput === undefined
        ? join(repositoryRoot, 'apps/onprem/output_local')
        : fromWhereThePersonStood(given.onPremOutput),
    workers,
    target: given.target ?? null,
    profile: given.profile ?? null,
    region: given.region ?? null,
    useAmbientCredentials: given.useAmbientCredentials,
    memoryMb: given.memory,
    concurrency: given.concurrency ?? workers,
    concurrencyAsked: given.concurrency !== undefined,
    repetitions: given.repetitions,
    inputBucket: given.inputBucket ?? null,
    outputBucket: given.outputBucket ?? null,
    role: given.role ?? null,
    processing: {
      fit: given.fit,
      quality: given.quality,
      chromaSubsampling: given.chroma,
      mozjpeg: given.mozjpeg,
    },
    stages: chosenStages(given.only, given.skip),
    waitMs: given.wait * 1000,
    logWaitMs: given.logWait * 1000,
    seed: given.seed,
  };
  if (options.stages.length === 0) throw new UsageError('--only and --skip together leave no stage to run.');
  return { options, yes: given.yes, resume: given.resume };
}
