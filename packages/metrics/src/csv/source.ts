import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { MetricsError } from '../errors.ts';
import { RecordBoundary } from './boundary.ts';
import { unclosedQuote } from './prepare.ts';

/** Where metrics are read from. `name` stands for the file in messages. */
export type MetricsSource =
  | { readonly path: string }
  | { readonly text: string; readonly name: string }
  | { readonly stream: AsyncIterable<Uint8Array>; readonly name: string };

/** Longer than any real row; guards memory against a quote that is never closed. */
const maxRecordBytes = 1024 * 1024;

export function sourceName(source: MetricsSource): string {
  return 'path' in source ? source.path : source.name;
}

async function* bytesOf(source: MetricsSource): AsyncGenerator<Uint8Array> {
  if ('path' in source) {
    for await (const chunk of createReadStream(source.path)) yield chunk as Buffer;
  } else if ('text' in source) yield Buffer.from(source.text);
  else yield* source.stream;
}

/** Text of whole records only. What follows the last of them is given to `onTornLine` at the end. */
export async function* wholeRecords(
  source: MetricsSource,
  onTornLine: (tail: { readonly line: number; readonly text: string }) => void,
): AsyncGenerator<string> {
  const name = sourceName(source);
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const boundary = new RecordBoundary();
  let pending = Buffer.alloc(0);
  for await (const chunk of bytesOf(source)) {
    const pendingStart = boundary.endOfLastRecord;
    boundary.read(chunk);
    const bytes = Buffer.concat([pending, chunk]);
    const wholeBytes = boundary.endOfLastRecord - pendingStart;
    pending = bytes.subarray(wholeBytes);
    if (pending.length > maxRecordBytes) throw unclosedQuote(name, boundary.linesInWholeRecords + 1);
    if (wholeBytes > 0) yield decode(utf8, bytes.subarray(0, wholeBytes), name);
  }
  if (pending.length === 0) return;
  const line = boundary.linesInWholeRecords + 1;
  if (boundary.lineEndsInOpenCell > 0) throw unclosedQuote(name, line);
  onTornLine({ line, text: pending.toString('utf8') });
}

function decode(utf8: TextDecoder, bytes: Uint8Array, name: string): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new MetricsError(`${name} is not UTF-8 text: save it again as "CSV UTF-8 (comma delimited)".`, {
      file: name,
      cause,
    });
  }
}
