import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  columnNames,
  MetricsError,
  metricsToCsv,
  openMetricsWriter,
  readMetricsFile,
  toExcelCsv,
  writeMetricsFile,
} from '../src/index.ts';
import { arbitraryRecord } from './arbitrary-record.ts';
import { exampleRecord } from './example-record.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const reportSchema = z.strictObject({ rows: z.number(), failures: z.array(z.string()) });
const one = exampleRecord({ image: 'one.jpg' });
const two = exampleRecord({ image: 'two.jpg' });

test('opening again appends below the one header', async () => {
  const path = join(await temporaryFolder(), 'deep/er/metrics.csv');
  for (const record of [one, two]) {
    const writer = await openMetricsWriter(path);
    expect(writer.repair).toBeUndefined();
    await writer.append(record);
    await writer.close();
    await writer.close();
  }
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one, two]));
});

test('a row is in the file as soon as append has resolved', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  const writer = await openMetricsWriter(path);
  await writer.append(one);
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one]));
  await writer.close();
});

test('a torn last line is cut off before appending, and reported', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  const torn = metricsToCsv([two]).split('\n')[1]?.slice(0, 30) ?? '';
  await writeFile(path, metricsToCsv([one]) + torn);
  const writer = await openMetricsWriter(path);
  expect(writer.repair).toEqual({ line: 3, text: torn });
  await writer.append(two);
  await writer.close();
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one, two]));
});

test('a file torn at any byte goes on as if the torn row had never been begun', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  // A row torn inside a cell of several lines is refused instead (below): where it ends cannot be known.
  const plain = arbitraryRecord.filter(
    (record) => !Object.values(record).some((value) => typeof value === 'string' && value.includes('\n')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(plain, { minLength: 1, maxLength: 3 }), fc.nat(), async (records, position) => {
      const bytes = Buffer.from(metricsToCsv(records));
      await writeFile(path, bytes.subarray(0, position % (bytes.length + 1)));
      const before = (await readMetricsFile(path)).records;
      const writer = await openMetricsWriter(path);
      await writer.append(two);
      await writer.close();
      expect(await readMetricsFile(path)).toEqual({ records: [...before, two], findings: [] });
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['columns missing and unknown', 'image,colour\nx,red\n', 'missing: original_size_bytes'],
  ['an unknown column', `${columnNames.join(',')},gpu\n`, 'unknown: "gpu"'],
  ['another order', `${columnNames.toReversed().join(',')}\n`, 'in another order'],
  ['CRLF', metricsToCsv([one]).replaceAll('\n', '\r\n'), 'CRLF line ends'],
  ['a BOM', `\uFEFF${metricsToCsv([one])}`, 'byte order mark'],
  ['a text without a line end', 'my notes', 'unknown: "my notes"'],
  [
    'a quote never closed',
    `${metricsToCsv([one])}"a\nb\n`,
    'line 3: a quote opened in the row that begins here',
  ],
])('a file with %s is refused and left as it is', async (_, content, message) => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  await writeFile(path, content);
  const failure = await openMetricsWriter(path).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MetricsError);
  expect(failure).toHaveProperty('message', expect.stringContaining(message));
  expect(await readFile(path, 'utf8')).toBe(content);
});

test('a record that breaks the schema is refused before a byte is written', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  const writer = await openMetricsWriter(path);
  await expect(writer.append(exampleRecord({ processingTimeMs: Number.NaN }))).rejects.toThrow(
    /'harbour\.jpg' cannot be written: processingTimeMs/,
  );
  await writer.append(one);
  await writer.close();
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one]));
});

test('after an abort or a close no row is taken', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  const stop = new AbortController();
  const writer = await openMetricsWriter(path, { signal: stop.signal });
  const underWay = writer.append(one);
  stop.abort(new Error('stopped by the user'));
  await expect(writer.append(two)).rejects.toThrow('stopped by the user');
  await underWay;
  await writer.close();
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one]));
  await expect(openMetricsWriter(path, { signal: stop.signal })).rejects.toThrow('stopped by the user');

  const closed = await openMetricsWriter(path);
  await closed.close();
  await expect(closed.append(two)).rejects.toThrow('is closed');
});

test('a disk that fills up in the middle of a row: the row fails, later ones are refused, none is half there', async () => {
  const path = join(await temporaryFolder(), 'metrics.csv');
  const script = join(import.meta.dirname, 'append-until-failure.ts');
  // The limit of the file's size stands for the full disk: 4 blocks of 512 bytes, reached by a short write.
  const { stdout } = await run('sh', ['-c', 'ulimit -f 4 && exec "$0" "$@"', process.execPath, script, path]);
  const { rows, failures } = reportSchema.parse(JSON.parse(stdout));
  expect(rows).toBeGreaterThan(2);
  expect(failures).toEqual([
    expect.stringMatching(/could not be appended to .*metrics\.csv: (only \d+ of \d+ bytes|EFBIG)/),
    failures[0],
  ]);
  expect(await readFile(path, 'utf8')).toBe(
    metricsToCsv(Array.from({ length: rows }, () => exampleRecord())),
  );
});

test('a file is replaced whole or not at all', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'metrics.csv');
  await writeMetricsFile(path, [one]);
  const failing = (async function* () {
    yield two;
    throw new Error('the merge failed');
  })();
  await expect(writeMetricsFile(path, failing)).rejects.toThrow('the merge failed');
  expect(await readFile(path, 'utf8')).toBe(metricsToCsv([one]));

  await mkdir(join(folder, 'a folder in its place.csv'));
  await expect(writeMetricsFile(join(folder, 'a folder in its place.csv'), [one])).rejects.toThrow('EISDIR');
  expect((await readdir(folder)).toSorted()).toEqual(['a folder in its place.csv', 'metrics.csv']);
});

test('only the spreadsheet export escapes formulas', () => {
  const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'plain, "quoted".jpg'];
  const records = names.map((image) => exampleRecord({ image }));
  const excel = toExcelCsv(records);
  expect(excel.startsWith(`\uFEFF${columnNames.join(',')}\r\n`)).toBe(true);
  const firstCells = excel
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(0, line.indexOf(',1048576')));
  expect(firstCells).toEqual([
    "'=1+1",
    "'+1",
    "'-1",
    "'@SUM(A1)",
    "'\tx",
    '"\'\rx"',
    '"plain, ""quoted"".jpg"',
  ]);
  expect(metricsToCsv(records)).not.toContain("'");
});
