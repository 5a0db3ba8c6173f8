import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { LoadError } from '../errors.ts';
import type { LoadSample } from '../sample.ts';
import { sampleColumns } from './columns.ts';

const columnsBeforeAnswerIds = sampleColumns.slice(0, sampleColumns.indexOf('answer_id'));
const count = z.string().regex(/^\d+$/).transform(Number);
const ms = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);
const optional = (cell: string): string | null => (cell === '' ? null : cell);
const due = {
  sequence: count,
  user: z.union([z.literal('').transform(() => null), count]),
  method: z.string(),
  name: z.string(),
  due_at_ms: ms,
};
const rowSchema = z.discriminatedUnion('status', [
  z.object({ ...due, status: z.literal('dropped') }),
  z.object({
    ...due,
    status: z.enum(['ok', 'failed']),
    sent_at_ms: ms,
    first_byte_at_ms: z.union([z.literal('').transform(() => null), ms]),
    ended_at_ms: ms,
    response_code: z.string().transform(optional),
    error: z.string().transform(optional),
    sent_bytes: count,
    received_bytes: count,
    in_flight: count,
    answer_id: z.string().default('').transform(optional),
  }),
]);

/**
 * Reads raw rows back. A last line without line end was torn by a kill and is left out, even where it looks whole.
 *
 * @throws LoadError for another header or a row that is not one; none is skipped
 */
export function readSamples(text: string, file: string): LoadSample[] {
  const headers = [sampleColumns, columnsBeforeAnswerIds].map((columns) => columns.join(','));
  if (!headers.some((header) => text.startsWith(`${header}\n`))) {
    throw new LoadError(
      `${file}: the first line is not that of a load's rows, expected '${headers[0]}'. Name a file that a load wrote.`,
    );
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  try {
    return parse(whole, { columns: true }).map(toSample);
  } catch (error) {
    throw new LoadError(
      `${file}: ${error instanceof Error ? error.message : String(error)} Restore the file as the load wrote it.`,
      { cause: error },
    );
  }
}

function toSample(cells: unknown, index: number): LoadSample {
  const parsed = rowSchema.safeParse(cells);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new LoadError(`row ${index + 1} is not one of a load: ${faults.join('; ')}.`, {
      cause: parsed.error,
    });
  }
  const row = parsed.data;
  const { sequence, user, method, name } = row;
  const shared = { sequence, user, method, name, dueAtMs: row.due_at_ms };
  if (row.status === 'dropped') return { ...shared, status: row.status };
  return {
    ...shared,
    status: row.status,
    sentAtMs: row.sent_at_ms,
    firstByteAtMs: row.first_byte_at_ms,
    endedAtMs: row.ended_at_ms,
    responseCode: row.response_code,
    error: row.error,
    sentBytes: row.sent_bytes,
    receivedBytes: row.received_bytes,
    answerId: row.answer_id,
    inFlight: row.in_flight,
  };
}
