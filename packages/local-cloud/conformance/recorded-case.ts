import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const eventSchema = z.looseObject({
  id: z.unknown(),
  previousEventId: z.number(),
  type: z.string(),
  details_key: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

const caseSchema = z.looseObject({
  id: z.string(),
  group: z.string(),
  kind: z.string(),
  machine_type: z.enum(['STANDARD', 'EXPRESS']),
  services: z.array(z.string()).default([]),
  definition: z.record(z.string(), z.json()),
  input: z.json(),
  /** Placeholder of a function's name to what the function does. */
  lambdas: z.record(z.string(), z.looseObject({ kind: z.string() })).default({}),
  /** Day and time: `24-10-2023, 17:18:16`. */
  recorded: z.string().default(''),
  self_contained: z.boolean().default(false),
  setup: z.array(z.json()).default([]),
  other_machines: z.array(z.json()).default([]),
  masks: z.array(z.string()).default([]),
  output_masked: z.boolean().default(false),
  branch_events_sorted: z.boolean().default(false),
  stopped_by_test: z.unknown().optional(),
  expected: z.looseObject({
    status: z.string(),
    output: z.json(),
    error: z.string().nullable(),
    cause: z.json(),
    events: z.array(eventSchema).nullable().default(null),
    /** Of an asynchronous Express execution: the last event of its log. */
    end_event: z
      .looseObject({
        id: z.string(),
        previous_event_id: z.string(),
        type: z.string(),
        details: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
  }),
});

export type RecordedCase = z.infer<typeof caseSchema>;

/** One line of a corpus: a case, or what is wrong with it. A corpus with surprises is run all the same, and each is reported. */
export type CorpusLine = RecordedCase | UnreadableCase;

export interface UnreadableCase {
  readonly id: string;
  readonly unreadable: string;
}

export function isUnreadable(line: CorpusLine): line is UnreadableCase {
  return 'unreadable' in line;
}

/** The recordings lie beside the repository, or where SKYGROUND_RECORDINGS says; the project carries no copy. */
export function recordingsFolder(): string {
  return process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../shared/recordings');
}

/** undefined where the file is absent. */
export function readCorpus(
  file = resolve(recordingsFolder(), 'step-functions/cases.jsonl'),
): CorpusLine[] | undefined {
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `line ${index + 1}`)]));
}

/** Never throws. */
export function readLine(line: string, name: string): CorpusLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { id: name, unreadable: `no JSON: ${String(error)}` };
  }
  const parsed = caseSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { data } = z.looseObject({ id: z.string() }).safeParse(value);
  return { id: data?.id ?? name, unreadable: z.prettifyError(parsed.error) };
}
