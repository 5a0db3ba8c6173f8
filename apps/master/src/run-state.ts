import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { UsageError } from './errors.ts';
import { runOptionsSchema } from './options.ts';
import { stageIds } from './stage-ids.ts';

/** run.json: all that `--resume` needs, rewritten atomically at each step. Rows and parts themselves are the progress within a stage. */
const runStateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string().regex(/^skyground-\d{8}T\d{6}Z-[0-9a-f]{4}$/),
  createdAt: z.iso.datetime({ precision: 3 }),
  options: runOptionsSchema,
  /** Frozen at the start, so that a file dropped in later does not belong to one side only. */
  images: z.array(z.strictObject({ name: z.string(), sizeBytes: z.number().int().nonnegative() })),
  targetLabel: z.string(),
  finishedStages: z.array(z.enum(stageIds)),
  /** Epoch milliseconds of the first measured upload: where to begin reading logs. */
  uploadStartedMs: z.number().nullable(),
  /** Sides that were stopped while they worked: the time on the wall then spans the pause. */
  interruptedSides: z.array(z.enum(['on_prem', 'cloud'])),
  /** Outputs that differ between the sides; null until both are there. */
  differentOutputs: z.array(z.string()).nullable(),
  outcome: z.enum(['running', 'stopped', 'failed', 'finished']),
});

export type RunState = Readonly<z.infer<typeof runStateSchema>>;

/** `skyground-20261121T063000Z-1f2e`: sortable, unique, and with the tool's own prefix. */
export function newRunId(now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
  return `skyground-${stamp}-${randomBytes(2).toString('hex')}`;
}

export async function writeRunState(path: string, state: RunState): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(state, null, 2)}\n`);
}

/** The state of the run that last used this folder; undefined where there is none. Throws UsageError where it cannot be read. */
export async function readRunState(path: string): Promise<RunState | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = runStateSchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  throw notReadable(path, z.prettifyError(parsed.error), parsed.error);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notReadable(path, 'it is not JSON', cause);
  }
}

function notReadable(path: string, why: string, cause: unknown): UsageError {
  return new UsageError(
    `${path} is not a run state that this version can read: ${why}. Start a new run, or delete it.`,
    { cause },
  );
}
