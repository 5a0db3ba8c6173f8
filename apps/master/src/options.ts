import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PROCESSING, processingSchema } from '@skyground/image-processor';
import { z } from 'zod';
import { UsageError } from './errors.ts';
import { refuseOverlappingFolders } from './folders.ts';
import { refuseFlagsBut, typedNames } from './given-flags.ts';
import { defaultOnPremOutputDir, fromWhereThePersonStood, repositoryRoot } from './paths.ts';
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

/** A flag's text that may be anything but empty: an unset shell variable would otherwise mean the current folder. */
function someText(flag: string, minimumLength = 1) {
  return z.string().min(minimumLength, {
    error: (issue) =>
      `expected at least ${minimumLength} character${minimumLength === 1 ? '' : 's'} for --${flag} but received ${JSON.stringify(issue.input)}`,
  });
}

function oneOf<const T extends readonly string[]>(flag: string, choices: T) {
  return z.enum(choices, {
    error: (issue) =>
      `expected ${choices.join(' or ')} for --${flag} but received ${JSON.stringify(issue.input)}`,
  });
}

const stageList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(
    z.array(
      z.enum(stageIds, {
        error: (issue) =>
          `expected stages out of ${stageIds.join(', ')} but received ${JSON.stringify(issue.input)}`,
      }),
    ),
  );

/** What the flags of a run say, as typed; unknown ones are refused by commander and again here. */
const runFlagsSchema = z.strictObject({
  images: someText('images').optional(),
  workers: wholeNumber('workers', 1, 256).optional(),
  target: someText('target').optional(),
  profile: someText('profile').optional(),
  region: someText('region').optional(),
  useAmbientCredentials: z.boolean().default(false),
  // 1769 MB is where AWS gives a function one whole vCPU, the counterpart of one on-prem worker per core.
  memory: wholeNumber('memory', 128, 10_240).default(1769),
  concurrency: wholeNumber('concurrency', 1, 1000).optional(),
  repetitions: wholeNumber('repetitions', 1, 1000).default(1),
  inputBucket: someText('input-bucket', 3).optional(),
  outputBucket: someText('output-bucket', 3).optional(),
  role: someText('role').optional(),
  output: someText('output').optional(),
  onPremOutput: someText('on-prem-output').optional(),
  fit: oneOf('fit', processingSchema.shape.fit.options).default(DEFAULT_PROCESSING.fit),
  quality: wholeNumber('quality', 1, 100).default(DEFAULT_PROCESSING.quality),
  chroma: oneOf('chroma', processingSchema.shape.chromaSubsampling.options).default(
    DEFAULT_PROCESSING.chromaSubsampling,
  ),
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
  /** Reaches both sides: the on-prem workers, and the function by an environment variable. */
  processing: processingSchema,
  stages: z.array(z.enum(stageIds)),
  waitMs: z.number(),
  logWaitMs: z.number(),
  seed: z.number().int(),
});

export type RunOptions = Readonly<z.infer<typeof runOptionsSchema>>;

export interface RunRequest {
  readonly options: RunOptions;
  /** Flags as the person typed them (`input-bucket`): a run that goes on keeps its own, so it matters which were given. */
  readonly given: readonly string[];
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
    imagesDir:
      given.images === undefined
        ? join(repositoryRoot, 'images_to_upload')
        : fromWhereThePersonStood(given.images),
    metricsDir:
      given.output === undefined ? join(repositoryRoot, 'metrics') : fromWhereThePersonStood(given.output),
    onPremOutputDir:
      given.onPremOutput === undefined ? defaultOnPremOutputDir : fromWhereThePersonStood(given.onPremOutput),
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
  refuseOverlappingFolders(options);
  const typed = typedNames(flags);
  if (given.resume) {
    refuseFlagsBut(
      ['resume', 'output', 'yes'],
      typed,
      '--resume goes on with the flags that the run began with',
    );
  }
  return { options, given: typed, yes: given.yes, resume: given.resume };
}
