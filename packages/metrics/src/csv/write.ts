import type { ImageRecord } from '../record.ts';
import { writeAtomically } from '../write-atomically.ts';
import { headerLine, recordLine } from './format.ts';

/** Writes a whole metrics file at once: a reader sees the old file or the new one, never a part. */
export async function writeMetricsFile(
  path: string,
  records: Iterable<ImageRecord> | AsyncIterable<ImageRecord>,
): Promise<void> {
  await writeAtomically(path, lines(records));
}

async function* lines(records: Iterable<ImageRecord> | AsyncIterable<ImageRecord>): AsyncGenerator<string> {
  yield headerLine;
  for await (const record of records) yield recordLine(record);
}
