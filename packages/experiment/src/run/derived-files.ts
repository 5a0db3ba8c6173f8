import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usageSchema } from '@skyground/cost';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { hasCode, RunFolderError } from '../errors.ts';

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
  let text: string;
  try {
    text = await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const damaged = (problem: string, cause: unknown) =>
    new RunFolderError(folder, `${name} cannot be read: ${problem}. Derive the run again from its samples.`, {
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged('it is not JSON', cause);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

/** What an atomic write leaves when its process is killed. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f-]{36}\.tmp$/.test(name);
}
