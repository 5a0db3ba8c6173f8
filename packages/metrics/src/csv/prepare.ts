import type { FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { MetricsError } from '../errors.ts';
import { RecordBoundary } from './boundary.ts';
import { toCsv } from './text.ts';

/** A last line without its end, as a crash in mid-write leaves it. */
export interface Repair {
  /** 1-based line that was cut off. */
  readonly line: number;
  readonly text: string;
}

/** Makes an open file fit for appending: its header is ours and its last line is whole. */
export async function prepareForAppend(
  path: string,
  file: FileHandle,
  columnNames: readonly string[],
): Promise<{ readonly repair: Repair | undefined; readonly sizeBytes: number }> {
  const headerLine = toCsv([columnNames]);
  const boundary = new RecordBoundary();
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false }))
    boundary.read(chunk as Buffer);
  if (boundary.lineEndsInOpenCell > 0) throw unclosedQuote(path, boundary.linesInWholeRecords + 1);
  const { endOfLastRecord, tailBytes } = boundary;
  if (endOfLastRecord === 0 && tailBytes === 0) return { repair: undefined, sizeBytes: 0 };

  const tail = await readText(file, endOfLastRecord, tailBytes);
  // A header torn by a crash is a prefix of ours; anything else is a line of somebody else's file.
  const tornHeader = endOfLastRecord === 0 && headerLine.startsWith(tail);
  if (!tornHeader) {
    const start = await readText(file, 0, Math.min(endOfLastRecord + tailBytes, headerLine.length + 1000));
    if (!start.startsWith(headerLine)) throw differentHeader(path, start, columnNames);
  }
  if (tailBytes === 0) return { repair: undefined, sizeBytes: endOfLastRecord };
  await file.truncate(endOfLastRecord);
  return { repair: { line: boundary.linesInWholeRecords + 1, text: tail }, sizeBytes: endOfLastRecord };
}

export function unclosedQuote(path: string, line: number): MetricsError {
  return new MetricsError(
    `${path}, line ${line}: a quote opened in the row that begins here is never closed, so the rows after it cannot be told apart. Close the quote or remove the row.`,
    { file: path, line },
  );
}

async function readText(file: FileHandle, position: number, lengthBytes: number): Promise<string> {
  const buffer = Buffer.alloc(lengthBytes);
  const { bytesRead } = await file.read(buffer, 0, lengthBytes, position);
  return buffer.toString('utf8', 0, bytesRead);
}

function differentHeader(path: string, start: string, columnNames: readonly string[]): MetricsError {
  const advice = 'Move the file away and a new one is begun.';
  const firstLine = start.split('\n', 1)[0] ?? '';
  if (`${firstLine.replace(/^\uFEFF/, '').replace(/\r$/, '')}\n` === toCsv([columnNames])) {
    return new MetricsError(
      `${path} has the right columns, but a byte order mark or CRLF line ends: a spreadsheet seems to have saved it. Appending would mix two formats. ${advice}`,
      { file: path, line: 1 },
    );
  }
  const found = headerCells(firstLine);
  const missing = columnNames.filter((name) => !found.includes(name));
  const unknown = found.filter((name) => !columnNames.includes(name));
  const differences = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    unknown.length > 0 ? `unknown: ${unknown.map((name) => JSON.stringify(name)).join(', ')}` : '',
    missing.length === 0 && unknown.length === 0 ? 'the same columns in another order or repeated' : '',
  ].filter((part) => part !== '');
  return new MetricsError(
    `Cannot append to ${path}: its header is not the one this version writes (${differences.join('; ')}). ${advice}`,
    { file: path, line: 1 },
  );
}

function headerCells(firstLine: string): readonly string[] {
  try {
    return (
      parse(firstLine, { bom: true, record_delimiter: ['\r\n', '\n'], relax_column_count: true })[0] ?? []
    );
  } catch {
    return [firstLine];
  }
}
