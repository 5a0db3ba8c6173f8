import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ImageRecord } from '../record.ts';
import { headerLine, recordLine } from './format.ts';

/**
 * Writes a whole metrics file at once: a reader sees the old file or the new one, never a part. Written beside its
 * final name, synced, then renamed; on any failure the temporary file is removed and the old file stands.
 */
export async function writeMetricsFile(
  path: string,
  records: Iterable<ImageRecord> | AsyncIterable<ImageRecord>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(lines(records));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function* lines(records: Iterable<ImageRecord> | AsyncIterable<ImageRecord>): AsyncGenerator<string> {
  yield headerLine;
  for await (const record of records) yield recordLine(record);
}
