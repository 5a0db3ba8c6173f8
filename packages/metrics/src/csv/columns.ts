import type { ImageRecord } from '../record.ts';

/** How a field is spelt in a cell. `ms`: decimal point, at most 3 decimals. `count`: digits. `boolean`: true or false. */
export type ColumnKind = 'text' | 'timestamp' | 'count' | 'ms' | 'boolean';

export interface Column {
  /** The name in the CSV's header. Part of the file format: never renamed, never moved; new ones go to the end. */
  readonly name: string;
  readonly field: keyof ImageRecord;
  readonly kind: ColumnKind;
  /**
   * What a file without this column means by its absence. Only for fields that cannot be null: the original tool's six
   * columns hold one successful try of one unnamed run.
   */
  readonly whenColumnMissing?: string;
  /** One of the six columns that every metrics file has had from the start. */
  readonly original?: true;
}

/** The one table between the CSV and ImageRecord, in the order of the header. */
export const columns: readonly Column[] = [
  { name: 'image', field: 'image', kind: 'text', original: true },
  { name: 'original_size_bytes', field: 'originalSizeBytes', kind: 'count', original: true },
  { name: 'new_size_bytes', field: 'newSizeBytes', kind: 'count', original: true },
  { name: 'processing_time_ms', field: 'processingTimeMs', kind: 'ms', original: true },
  { name: 'timestamp', field: 'timestamp', kind: 'timestamp', original: true },
  { name: 'source', field: 'source', kind: 'text', original: true },
  { name: 'run_id', field: 'runId', kind: 'text', whenColumnMissing: 'unknown' },
  { name: 'attempt', field: 'attempt', kind: 'count', whenColumnMissing: '1' },
  { name: 'status', field: 'status', kind: 'text', whenColumnMissing: 'ok' },
  { name: 'error', field: 'error', kind: 'text' },
  { name: 'input_width', field: 'inputWidthPx', kind: 'count' },
  { name: 'input_height', field: 'inputHeightPx', kind: 'count' },
  { name: 'output_width', field: 'outputWidthPx', kind: 'count' },
  { name: 'output_height', field: 'outputHeightPx', kind: 'count' },
  { name: 'environment_id', field: 'environmentId', kind: 'text' },
  { name: 'cold', field: 'cold', kind: 'boolean' },
  { name: 'init_ms', field: 'initMs', kind: 'ms' },
  { name: 'queue_delay_ms', field: 'queueDelayMs', kind: 'ms' },
  { name: 'download_ms', field: 'downloadMs', kind: 'ms' },
  { name: 'upload_ms', field: 'uploadMs', kind: 'ms' },
  { name: 'end_to_end_ms', field: 'endToEndMs', kind: 'ms' },
  { name: 'repetition', field: 'repetition', kind: 'count', whenColumnMissing: '1' },
  { name: 'request_id', field: 'requestId', kind: 'text' },
  { name: 'billed_ms', field: 'billedMs', kind: 'ms' },
  { name: 'memory_size_mb', field: 'memorySizeMb', kind: 'count' },
  { name: 'max_memory_used_mb', field: 'maxMemoryUsedMb', kind: 'count' },
];

export const columnNames: readonly string[] = columns.map((column) => column.name);
