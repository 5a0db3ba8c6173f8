import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { LoadError } from '../errors.ts';
import type { LoadSample } from '../sample.ts';
import { readJtlHeader } from './header.ts';

const whole = z
  .string()
  .regex(/^\d+$/, 'expected a whole number (times: milliseconds, timeStamp: since 1970)')
  .transform(Number);
const rowSchema = z.object({
  timeStamp: whole,
  elapsed: whole,
  label: z.string(),
  responseCode: z.string(),
  responseMessage: z.string(),
  success: z
    .string()
    .regex(
      /^(true|false)$/i,
      'expected true or false (JMeter takes 1 and 0 both for an error, and says nothing)',
    )
    .transform((cell) => cell.toLowerCase() === 'true'),
  failureMessage: z.string().optional(),
  bytes: whole,
  sentBytes: whole.optional(),
  allThreads: whole,
  Latency: whole,
});

/**
 * Reads a JTL in CSV that JMeter (or `samplesToJtl`) wrote, and accepts what JMeter's own dashboard accepts: its columns
 * in their order, eleven of them required, variables in quotes after them; commas, semicolons or tabs; LF or CRLF.
 * JMeter does not tell when a request was due: `dueAtMs` is `sentAtMs`, and response times are service times.
 *
 * @throws LoadError naming the row, for what JMeter itself could not read
 */
export function readJtl(text: string, file: string): LoadSample[] {
  const { columns, delimiter, body, rowsBefore } = readJtlHeader(text, file);
  let records: string[][];
  try {
    records = parse(body, { delimiter, relax_quotes: false });
  } catch (error) {
    throw new LoadError(
      `${file}: ${error instanceof Error ? error.message : String(error)}. A blank or torn line stops JMeter too: remove it.`,
      { cause: error },
    );
  }
  if (records.length === 0) {
    throw new LoadError(
      `${file}: there is no sample below the header, expected at least one. Was the run stopped at once?`,
    );
  }
  return records.map((cells, index) => {
    if (cells.length !== columns.length) {
      throw new LoadError(
        `${file}: row ${index + 1 + rowsBefore} has ${cells.length} cells, expected ${columns.length} as the header. Remove a torn line; JMeter stops at it too.`,
      );
    }
    const row = rowSchema.safeParse(Object.fromEntries(columns.map((column, at) => [column, cells[at]])));
    if (!row.success) {
      const faults = row.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new LoadError(`${file}: row ${index + 1 + rowsBefore}: ${faults.join('; ')}.`, {
        cause: row.error,
      });
    }
    return toSample(row.data, index);
  });
}

function toSample(row: z.infer<typeof rowSchema>, sequence: number): LoadSample {
  const hasAnswer = /^\d+$/.test(row.responseCode);
  return {
    sequence,
    user: null,
    method: '',
    name: row.label,
    dueAtMs: row.timeStamp,
    status: row.success ? 'ok' : 'failed',
    sentAtMs: row.timeStamp,
    firstByteAtMs: hasAnswer ? row.timeStamp + row.Latency : null,
    endedAtMs: row.timeStamp + row.elapsed,
    responseCode: hasAnswer ? row.responseCode : null,
    error: row.success ? null : row.failureMessage || row.responseMessage || row.responseCode,
    sentBytes: row.sentBytes ?? 0,
    receivedBytes: row.bytes,
    answerId: null,
    inFlight: row.allThreads,
  };
}
