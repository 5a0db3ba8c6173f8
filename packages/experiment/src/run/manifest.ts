import { join } from 'node:path';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { origins } from '../contract/parameters.ts';
import { problemsOf, RunFolderError } from '../errors.ts';
import { readJson } from './read-json.ts';

/** The version that this code writes, and the only one it reads so far. */
const schemaVersion = 1;

const utc = z.iso.datetime({ precision: 3 });

const sessionSchema = z.strictObject({
  startedAt: utc,
  /** null while it runs, and where it was killed. */
  finishedAt: utc.nullable(),
  outcome: z.enum(['running', 'killed', 'stopped', 'failed', 'finished']),
  /** Secrets masked. */
  commandLine: z.array(z.string()),
  /** null where the session ended before the experiment knew. */
  conditions: z
    .strictObject({
      clockOffset: z
        .strictObject({ offsetMs: z.number(), uncertaintyMs: z.number().nonnegative() })
        .nullable(),
      /** Of earlier versions; the date is now that of the table that the bill is made with. */
      pricesReadOn: z.iso.date().nullable().optional(),
    })
    .nullable(),
  /** null where it could not be read, or the session was killed. */
  load: z
    .strictObject({
      foreignCores: z.number().nonnegative(),
      cores: z.number().positive(),
      stealShare: z.number().min(0).max(1),
    })
    .nullable(),
});

export type Session = Readonly<z.output<typeof sessionSchema>>;

/** Enough to know a run folder as ours, whatever version wrote it. */
export const identitySchema = z.looseObject({
  schemaVersion: z.number(),
  tool: z.looseObject({ name: z.literal('skyground') }),
  runId: z.string(),
  experiment: z.looseObject({ id: z.string() }),
});

const manifestSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({ name: z.literal('skyground'), version: z.string() }),
  runId: z.string(),
  experiment: z.strictObject({ id: z.string(), title: z.string() }),
  parameters: z.record(z.string(), z.strictObject({ value: z.json(), origin: z.enum(origins) })),
  targetLabel: z.string(),
  seed: z.int32(),
  machine: z.strictObject({
    cpuModel: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    operatingSystem: z.string(),
    node: z.string(),
    clockResolutionMs: z.number().positive(),
  }),
  libraries: z.record(z.string(), z.string()),
  /** null where the sources are in no git repository, or it could not be asked. */
  source: z.strictObject({
    gitCommit: z.string().nullable(),
    isDirty: z.boolean().nullable(),
    lockFileSha256: z.string().nullable(),
  }),
  plan: z.strictObject({
    estimatedDurationMs: z.number(),
    units: z.array(z.strictObject({ arm: z.string(), unit: z.string() })),
  }),
  /** What the person set, as written. */
  thresholds: z.array(z.string()).default([]),
  /** Where the cloud side ran, and how the person chose it; null where nothing of the experiment runs in a cloud. */
  cloud: z
    .strictObject({
      /** A role by its name: an ARN holds the number of the account. */
      request: z.strictObject({
        target: z.string().nullable(),
        profile: z.string().nullable(),
        region: z.string().nullable(),
        role: z.string().nullable(),
        useAmbientCredentials: z.boolean(),
      }),
      kind: z.enum(['local', 'endpoint', 'aws']),
      region: z.string(),
      /** Whose prices the bill is made with: the region itself, or of the embedded cloud the one configured. */
      priceRegion: z.string(),
      /** Whether memory sizes gave functions processor time as on AWS; null where that is not ours to know. */
      cpuShare: z.enum(['off', 'aws']).nullable(),
    })
    .nullable()
    .default(null),
  /** One for the beginning and one for each resume. */
  sessions: z.array(sessionSchema).min(1),
});

/** manifest.json: with samples.csv, all that cannot be derived. No secret is in it. */
export type Manifest = Readonly<z.output<typeof manifestSchema>>;

/** Throws TypeError, and leaves the old one, for what could not be read again: part of it is what experiments answer. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const checked = manifestSchema.safeParse(manifest);
  if (!checked.success) {
    const problem = `With this, manifest.json could not be read again:\n${problemsOf(checked.error)}`;
    throw new TypeError(problem, { cause: checked.error });
  }
  await writeAtomically(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a run folder; RunFolderError where there is none that this version can read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const { json, identity } = await readIdentity(folder);
  if (identity.schemaVersion !== schemaVersion) {
    throw new RunFolderError(
      folder,
      `manifest.json has schema version ${identity.schemaVersion}, expected ${schemaVersion}. Read this run with the version of Skyground that made it; its samples.csv can be read by anything.`,
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RunFolderError(
    folder,
    `manifest.json is damaged: ${problemsOf(parsed.error)}\nRestore it from a copy; samples.csv is not touched.`,
    { cause: parsed.error },
  );
}

/** What every version has in common: whose folder it is. */
export async function readIdentity(
  folder: string,
): Promise<{ readonly json: unknown; readonly identity: z.output<typeof identitySchema> }> {
  const json = await readJson(folder, 'manifest.json', 'Restore it from a copy; samples.csv is not touched.');
  if (json === undefined) {
    throw new RunFolderError(
      folder,
      'expected a run folder, but it has no manifest.json. See the list of runs.',
    );
  }
  const identity = identitySchema.safeParse(json);
  if (!identity.success) {
    throw new RunFolderError(
      folder,
      'manifest.json is none of Skyground: it names no run, experiment or tool.',
      {
        cause: identity.error,
      },
    );
  }
  return { json, identity: identity.data };
}
