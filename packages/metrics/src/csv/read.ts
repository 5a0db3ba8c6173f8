import { MetricsError } from '../errors.ts';
import { type ImageRecord, imageRecordSchema } from '../record.ts';
import { expectationOf, lacksZone, parseCell } from './cells.ts';
import { columns } from './columns.ts';
import { type HeaderMap, readHeader } from './header.ts';
import { readCsv } from './rows.ts';
import { type MetricsSource, sourceName } from './source.ts';

/** What a reader should know about a file besides its records. None of it stops the reading. */
export type ReadFinding =
  /** The last line has no line end: a crash cut it, so it is left out even where it looks whole (`51` may be `512`). */
  | { readonly kind: 'torn last line'; readonly line: number; readonly text: string }
  /** Not one whole line: no header, no records. */
  | { readonly kind: 'no header' }
  | { readonly kind: 'missing columns'; readonly columns: readonly string[] }
  | { readonly kind: 'unknown columns'; readonly columns: readonly string[] }
  /** Timestamps that name no zone, read as UTC. */
  | { readonly kind: 'timestamps without zone'; readonly rows: number };

/**
 * Streams the records of a metrics file: LF or CRLF, with or without BOM, columns mapped by name. A row that is short,
 * long or holds a wrong value ends the reading with a MetricsError that names file, line and column.
 */
export async function* readMetrics(
  source: MetricsSource,
  onFinding: (finding: ReadFinding) => void = () => undefined,
): AsyncGenerator<ImageRecord, void, undefined> {
  const file = sourceName(source);
  let header: HeaderMap | undefined;
  let rowsWithoutZone = 0;
  for await (const { cells, line } of readCsv(source, (tail) =>
    onFinding({ kind: 'torn last line', ...tail }),
  )) {
    if (header === undefined) {
      header = readHeader(
        cells.map((cell) => cell ?? ''),
        file,
      );
      if (header.missing.length > 0) onFinding({ kind: 'missing columns', columns: header.missing });
      if (header.unknown.length > 0) onFinding({ kind: 'unknown columns', columns: header.unknown });
    } else {
      const { record, zoneAssumed } = toRecord(cells, header, file, line);
      if (zoneAssumed) rowsWithoutZone += 1;
      yield record;
    }
  }
  if (header === undefined) onFinding({ kind: 'no header' });
  if (rowsWithoutZone > 0) onFinding({ kind: 'timestamps without zone', rows: rowsWithoutZone });
}

/** A whole source in memory, with what was found on the way. */
export async function collectMetrics(
  source: MetricsSource,
): Promise<{ readonly records: readonly ImageRecord[]; readonly findings: readonly ReadFinding[] }> {
  const findings: ReadFinding[] = [];
  const records: ImageRecord[] = [];
  for await (const record of readMetrics(source, (finding) => findings.push(finding))) records.push(record);
  return { records, findings };
}

/** `collectMetrics` of a file. */
export function readMetricsFile(path: string): ReturnType<typeof collectMetrics> {
  return collectMetrics({ path });
}

function toRecord(
  cells: readonly (string | null)[],
  header: HeaderMap,
  file: string,
  line: number,
): { readonly record: ImageRecord; readonly zoneAssumed: boolean } {
  if (cells.length !== header.width) {
    throw new MetricsError(
      `${file}, line ${line}: ${cells.length} cells, expected ${header.width} as in the header. The row is damaged: mend it (a comma inside a value needs quotes around the value) or remove it.`,
      { file, line },
    );
  }
  let zoneAssumed = false;
  const values = new Map<string, unknown>();
  for (const { column, index } of header.positions) {
    const cell = (index === undefined ? column.whenColumnMissing : cells[index]) ?? null;
    values.set(column.field, parseCell(cell, column));
    if (column.kind === 'timestamp' && cell !== null && lacksZone(cell)) zoneAssumed = true;
  }
  const checked = imageRecordSchema.safeParse(Object.fromEntries(values));
  if (checked.success) return { record: checked.data, zoneAssumed };

  const faulty = columns.find((column) => column.field === checked.error.issues[0]?.path[0]);
  const index = header.positions.find(({ column }) => column === faulty)?.index;
  const cell = index === undefined ? null : cells[index];
  throw new MetricsError(
    faulty === undefined
      ? `${file}, line ${line}: ${checked.error.message}`
      : `${file}, line ${line}, column ${faulty.name}: expected ${expectationOf(faulty)}, got ${cell === null ? 'an empty cell' : JSON.stringify(cell)}.`,
    { file, line, cause: checked.error },
  );
}
