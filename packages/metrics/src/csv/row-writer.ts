import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MetricsError } from '../errors.ts';
import { prepareForAppend, type Repair } from './prepare.ts';
import { type CsvRow, toCsv } from './text.ts';

/**
 * Appends rows to one CSV file, one write for each row, in the order of the calls.
 *
 * Durability: a row whose `append` has resolved survives the death of this process; it is synced to the disk at
 * `close`, not row by row, so a power cut can lose the latest rows.
 * One writer a file at a time.
 */
export interface CsvWriter {
  readonly path: string;
  /** The torn last line that opening removed, if there was one: what it held has to be measured again. */
  readonly repair: Repair | undefined;
  append(cells: CsvRow): Promise<void>;
  /** Waits for the rows under way, syncs and closes. Calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens `path` for appending; creates it (and its folder) when missing, writes the header when empty, refuses a file
 * whose header is another, cuts off a line torn by a crash. Once `signal` aborts, further rows are refused with its
 * reason; `close` still works.
 */
export async function openCsvWriter(
  path: string,
  columnNames: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<CsvWriter> {
  signal?.throwIfAborted();
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const { repair, sizeBytes } = await prepareForAppend(path, file, columnNames);
    const writer = new AppendingWriter(path, file, repair, sizeBytes, signal);
    if (sizeBytes === 0) await writer.appendText(toCsv([columnNames]));
    return writer;
  } catch (error) {
    await file.close();
    throw error;
  }
}

class AppendingWriter implements CsvWriter {
  readonly path: string;
  readonly repair: Repair | undefined;
  readonly #file: FileHandle;
  readonly #signal: AbortSignal | undefined;
  #sizeBytes: number;
  /** Settles (and never rejects) when the last write asked for is over. */
  #lastWrite: Promise<void> = Promise.resolve();
  #failure: Error | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    path: string,
    file: FileHandle,
    repair: Repair | undefined,
    sizeBytes: number,
    signal: AbortSignal | undefined,
  ) {
    this.path = path;
    this.repair = repair;
    this.#file = file;
    this.#sizeBytes = sizeBytes;
    this.#signal = signal;
  }

  async append(cells: CsvRow): Promise<void> {
    this.#signal?.throwIfAborted();
    if (this.#closing !== undefined) {
      throw new MetricsError(`${this.path} is closed: no row can be appended after close().`, {
        file: this.path,
      });
    }
    await this.appendText(toCsv([cells]));
  }

  async appendText(text: string): Promise<void> {
    const write = this.#lastWrite.then(() => this.#write(Buffer.from(text)));
    this.#lastWrite = write.catch(() => undefined);
    await write;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#lastWrite.then(async () => {
      try {
        await this.#file.datasync();
      } finally {
        await this.#file.close();
      }
    });
    await this.#closing;
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const { bytesWritten } = await this.#file.write(bytes);
      if (bytesWritten !== bytes.length) {
        throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written: is the disk full?`);
      }
      this.#sizeBytes += bytes.length;
    } catch (error) {
      this.#failure = new MetricsError(
        `A row could not be appended to ${this.path}: ${error instanceof Error ? error.message : String(error)}. The rows before it are whole; later rows are refused.`,
        { file: this.path, cause: error },
      );
      // Leave no half row behind. If even this fails, the next opening cuts it off.
      await this.#file.truncate(this.#sizeBytes).catch(() => undefined);
      throw this.#failure;
    }
  }
}
