import type { ImageRecord } from '../record.ts';
import { columnNames } from './columns.ts';
import { recordCells } from './format.ts';
import type { Repair } from './prepare.ts';
import { openCsvWriter } from './row-writer.ts';

/**
 * Appends records to one metrics file, one write for each row, in the order of the calls.
 *
 * Durability: a row whose `append` has resolved survives the death of this process; it is synced to the disk at
 * `close`, not row by row, so a power cut can lose the latest rows (and `--resume` then repeats those images).
 * One writer a file at a time.
 */
export interface MetricsWriter {
  readonly path: string;
  /** The torn last line that opening removed, if there was one: its image has to be done again. */
  readonly repair: Repair | undefined;
  append(record: ImageRecord): Promise<void>;
  /** Waits for the rows under way, syncs and closes. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens `path` for appending; creates it (and its folder) when missing, writes the header when empty, refuses a file
 * whose header is another, cuts off a line torn by a crash. Once `signal` aborts, further rows are refused with its
 * reason; `close` still works.
 */
export async function openMetricsWriter(
  path: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<MetricsWriter> {
  const rows = await openCsvWriter(path, columnNames, options);
  return {
    path,
    repair: rows.repair,
    append: async (record) => {
      options.signal?.throwIfAborted();
      await rows.append(recordCells(record));
    },
    close: () => rows.close(),
  };
}
