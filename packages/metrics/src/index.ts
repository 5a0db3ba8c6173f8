export { type Column, columnNames, columns } from './csv/columns.ts';
export { metricsToCsv, toExcelCsv } from './csv/format.ts';
export type { Repair } from './csv/prepare.ts';
export { collectMetrics, type ReadFinding, readMetrics, readMetricsFile } from './csv/read.ts';
export type { MetricsSource } from './csv/source.ts';
export { writeMetricsFile } from './csv/write.ts';
export { type MetricsWriter, openMetricsWriter } from './csv/writer.ts';
export { MetricsError } from './errors.ts';
export { type ImageRecord, imageRecordSchema } from './record.ts';
