import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collectMetrics,
  columnNames,
  columns,
  imageRecordSchema,
  metricsToCsv,
  openMetricsWriter,
  readMetricsFile,
  writeMetricsFile,
} from '../src/index.ts';
import { arbitraryRecord } from './arbitrary-record.ts';
import { exampleRecord } from './example-record.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the header begins with the six columns of the original tool and holds every field once', () => {
  expect(columnNames.slice(0, 6)).toEqual([
    'image',
    'original_size_bytes',
    'new_size_bytes',
    'processing_time_ms',
    'timestamp',
    'source',
  ]);
  expect(columns.map((column) => column.field).toSorted()).toEqual(
    Object.keys(imageRecordSchema.shape).toSorted(),
  );
});

test('a record becomes this line', () => {
  const text = metricsToCsv([exampleRecord({ processingTimeMs: 1234.56789, cold: true })]);
  expect(text).toBe(
    `${columnNames.join(',')}\nharbour.jpg,1048576,98304,1234.568,2026-11-20T15:24:17.163Z,cloud,` +
      'skyground-20261120T152400Z-1a2b,1,ok,,1920,1080,800,600,[$LATEST]0f3c,true,,3.25,4,5.125,60,1,,,,\n',
  );
});

test('any records survive text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryRecord, { maxLength: 5 }), async (records) => {
      const { records: read, findings } = await collectMetrics({ text: metricsToCsv(records), name: 'text' });
      expect(read).toEqual(records);
      expect(findings).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('any records survive a file, appended or written whole, byte for byte alike', async () => {
  const folder = await temporaryFolder();
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryRecord, { maxLength: 5 }), async (records) => {
      files += 1;
      const appended = join(folder, `${files}-appended.csv`);
      const whole = join(folder, `${files}-whole.csv`);
      const writer = await openMetricsWriter(appended);
      await Promise.all(records.map((record) => writer.append(record)));
      await writer.close();
      await writeMetricsFile(whole, records);
      expect(await readFile(appended, 'utf8')).toBe(metricsToCsv(records));
      expect(await readFile(whole, 'utf8')).toBe(metricsToCsv(records));
      expect((await readMetricsFile(appended)).records).toEqual(records);
    }),
    { numRuns: 40 },
  );
});

test('durations lose only what is finer than a microsecond', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 1e9, noNaN: true }), async (processingTimeMs) => {
      const text = metricsToCsv([exampleRecord({ processingTimeMs })]);
      const [record] = (await collectMetrics({ text, name: 'text' })).records;
      expect(Math.abs((record?.processingTimeMs ?? Number.NaN) - processingTimeMs)).toBeLessThanOrEqual(
        0.0006,
      );
    }),
  );
});
