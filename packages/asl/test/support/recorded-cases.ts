import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { json } from '../../src/definition/common-fields.ts';

/** The recordings of real AWS lie beside the repository, or where SKYGROUND_RECORDINGS says; the project carries no copy. */
const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
const file = resolve(folder, 'step-functions/cases.jsonl');

const behaviour = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('echo'), sleep_seconds: z.number().default(0) }),
  z.object({ kind: z.literal('return'), value: json, sleep_seconds: z.number().default(0) }),
  z.object({ kind: z.literal('return_format'), format: z.string() }),
  z.object({ kind: z.literal('return_bytes'), text: z.string() }),
  z.object({ kind: z.literal('return_repeated_bytes'), text: z.string(), count: z.int() }),
  z.object({ kind: z.literal('raise'), type: z.string(), message: z.string() }),
]);

const recordedCase = z.object({
  id: z.string(),
  group: z.string(),
  kind: z.enum(['execution', 'comparison', 'express_sync', 'express_async', 'describe']),
  definition: z.record(z.string(), json),
  input: json,
  lambdas: z.record(z.string(), behaviour),
  self_contained: z.boolean(),
  masks: z.array(z.string()).default([]),
  masked: z.array(z.string()).default([]),
  output_masked: z.boolean().default(false),
  branch_events_sorted: z.boolean().default(false),
  expected: z.object({
    status: z.string().nullable(),
    output: json.nullable(),
    error: z.string().nullable(),
    event_types: z.array(z.string()).nullable(),
  }),
});

export type Behaviour = z.infer<typeof behaviour>;
export type RecordedCase = z.infer<typeof recordedCase>;

/** The cases that need nothing but an interpreter; undefined where the recordings are absent. */
export function loadRecordedCases(): RecordedCase[] | undefined {
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordedCase.parse(JSON.parse(withoutPlaceholders(line))))
    .filter((candidate) => candidate.self_contained);
}

/** Definitions and inputs must be real ones; what only a run knew stays a placeholder. */
function withoutPlaceholders(line: string): string {
  return line
    .replaceAll('<partition>', 'aws')
    .replaceAll('<region>', 'us-east-1')
    .replaceAll(/<(lambda[\w-]*)>/g, '$1');
}

/** Why a case says nothing about the interpreter; undefined for most. */
export function whyNotApplicable(candidate: RecordedCase): string | undefined {
  if (candidate.expected.status === 'RUNNING') return 'recorded while it still ran';
  if (JSON.stringify(candidate.input).includes('<timestamp>')) return 'its input is masked';
  return undefined;
}
