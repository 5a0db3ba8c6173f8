import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { LoadError } from '../errors.ts';
import { isSent, type LoadSample, responseMs, serviceMs } from '../sample.ts';
import { sampleColumns } from './columns.ts';

/** Milliseconds to the microsecond, the digits that the clock is good for. */
function formatMs(ms: number): string {
  return String(Number(ms.toFixed(3)));
}

function sampleCells(sample: LoadSample): (string | null)[] {
  const due = [
    String(sample.sequence),
    sample.user === null ? null : String(sample.user),
    sample.method,
    sample.name,
    sample.status,
    formatMs(sample.dueAtMs),
  ];
  if (!isSent(sample)) return [...due, ...sampleColumns.slice(due.length).map(() => null)];
  return [
    ...due,
    formatMs(sample.sentAtMs),
    sample.firstByteAtMs === null ? null : formatMs(sample.firstByteAtMs),
    formatMs(sample.endedAtMs),
    formatMs(serviceMs(sample)),
    formatMs(responseMs(sample)),
    sample.responseCode,
    sample.error,
    String(sample.sentBytes),
    String(sample.receivedBytes),
    String(sample.inFlight),
    sample.answerId,
  ];
}

function toCsv(rows: readonly (readonly (string | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: '\n', quote_record_delimiter: true, quoted_match: /[\r\n]/ },
  );
}

/** Raw rows as CSV text: commas, LF, one row a request, an empty cell where there is no value. */
export function samplesToCsv(samples: readonly LoadSample[]): string {
  return toCsv([sampleColumns, ...samples.map(sampleCells)]);
}

/** Streams raw rows into one file. */
export interface SampleWriter {
  /** Writes whole rows in one go; they are in the file (not yet on the platter) when it resolves. */
  append(samples: readonly LoadSample[]): Promise<void>;
  /** Syncs and closes. */
  close(): Promise<void>;
}

/**
 * Creates `path` and its folder. A killed run leaves whole rows (`readSamples` leaves out a torn last one). Never opens
 * a file that is there: a load cannot be gone on with.
 */
export async function createSampleWriter(path: string): Promise<SampleWriter> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx').catch((error: unknown) => {
    throw new LoadError(
      `${path} could not be created for the load's rows: ${error instanceof Error ? error.message : String(error)}. Name a file that does not exist yet, in a folder that can be written.`,
      { cause: error },
    );
  });
  await writeWhole(path, file, toCsv([sampleColumns]));
  let last: Promise<void> = Promise.resolve();
  return {
    append: (samples) => {
      last = last.then(() => writeWhole(path, file, toCsv(samples.map(sampleCells))));
      return last;
    },
    close: async () => {
      try {
        await last;
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

async function writeWhole(path: string, file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten !== bytes.byteLength) {
    throw new LoadError(
      `Only ${bytesWritten} of ${bytes.byteLength} bytes could be appended to ${path}: the disk is full or a limit is reached. Rows after the last whole one are lost.`,
    );
  }
}
