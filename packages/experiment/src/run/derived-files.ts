import { join } from 'node:path';
import { usageSchema } from '@skyground/cost';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { problemsOf, RunFolderError } from '../errors.ts';
import { readJson } from './read-json.ts';

export const checksName = 'checks.json';
export const summaryName = 'summary.json';
/** Which files of its own the experiment has in the folder. */
export const filesName = 'files.json';

export const checksSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** False as soon as one finding is an error. */
  isValid: z.boolean(),
  findings: z.array(
    z.strictObject({
      checkId: z.string(),
      severity: z.enum(['error', 'warning']),
      arms: z.array(z.string()),
      seen: z.string(),
      remedy: z.string(),
    }),
  ),
  thresholds: z
    .array(
      z.strictObject({
        text: z.string(),
        arm: z.string(),
        verdict: z.enum(['kept', 'broken', 'no samples']),
        value: z.number().nullable(),
      }),
    )
    .default([]),
});

export const billFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  usage: usageSchema,
  /** Follows from the usage and the prices: read for its figures, it is worked out again. */
  bill: z.json(),
});

export const summarySchema = z.strictObject({
  schemaVersion: z.literal(1),
  verdict: z.strictObject({ headline: z.string(), sentences: z.array(z.string()) }),
  /** Of the experiment's own shape. */
  summary: z.json(),
});

export async function writeJson(folder: string, name: string, value: object): Promise<void> {
  await writeAtomically(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

/** A derived file; undefined where the run was not derived yet, RunFolderError where the file cannot be read. */
export async function readDerived<Content>(
  folder: string,
  name: string,
  schema: z.ZodType<Content>,
): Promise<Content | undefined> {
  const remedy = 'Derive the run again from its samples.';
  const json = await readJson(folder, name, remedy);
  if (json === undefined) return undefined;
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RunFolderError(folder, `${name} is damaged: ${problemsOf(parsed.error)}\n${remedy}`, {
    cause: parsed.error,
  });
}

/** What an atomic write leaves when its process is killed. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f-]{36}\.tmp$/.test(name);
}
