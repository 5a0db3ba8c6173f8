import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collectMetrics,
  columnNames,
  MetricsError,
  metricsToCsv,
  readMetrics,
  readMetricsFile,
} from '../src/index.ts';
import { arbitraryRecord } from './arbitrary-record.ts';
import { exampleRecord } from './example-record.ts';
import { temporaryFolder } from './temporary-folder.ts';

const read = (text: string) => collectMetrics({ text, name: 'metrics.csv' });
const first = exampleRecord({ image: 'first "one", of\ntwo.jpg' });
const second = exampleRecord({ image: 'second.jpg', cold: true });
const file = metricsToCsv([first, second]);
const originalHeader = 'image,original_size_bytes,new_size_bytes,processing_time_ms,timestamp,source';

test('CRLF, BOM and blank lines are read like LF', async () => {
  const plain = metricsToCsv([second, second]);
  expect(await read(plain.replaceAll('\n', '\r\n'))).toEqual({ records: [second, second], findings: [] });
  expect(await read(`\uFEFF${plain.replaceAll('\n', '\r\n')}`)).toEqual({
    records: [second, second],
    findings: [],
  });
  expect(await read(`${plain}\n\n`)).toEqual({ records: [second, second], findings: [] });
});

test('LF rows appended to a file that begins with CRLF', async () => {
  const [header = '', row = ''] = metricsToCsv([second]).split('\n');
  expect((await read(`${header}\r\n${row}\r\n${row}\n`)).records).toEqual([second, second]);
});

test('the six columns of the original tool, with its clock and its long decimals', async () => {
  const text = `${originalHeader}\r\nlake.jpg,204800,51200,12.345678901,2025-11-20T15:24:17.163456,on_prem\r\nsea.png,1000,900,7,2025-11-20 16:24:17+01:00,cloud\r\n`;
  const { records, findings } = await read(text);
  const unknown = Object.fromEntries(Object.keys(first).map((field) => [field, null]));
  expect(records).toEqual([
    {
      ...unknown,
      image: 'lake.jpg',
      originalSizeBytes: 204800,
      newSizeBytes: 51200,
      processingTimeMs: 12.345678901,
      timestamp: '2025-11-20T15:24:17.163Z',
      source: 'on_prem',
      runId: 'unknown',
      attempt: 1,
      status: 'ok',
      repetition: 1,
    },
    expect.objectContaining({
      image: 'sea.png',
      timestamp: '2025-11-20T15:24:17.000Z',
      source: 'cloud',
      cold: null,
    }),
  ]);
  expect(findings).toEqual([
    { kind: 'missing columns', columns: columnNames.slice(6) },
    { kind: 'timestamps without zone', rows: 1 },
  ]);
});

test('columns are mapped by name, unknown ones are named and skipped', async () => {
  const text =
    'source,gpu,image,timestamp,processing_time_ms,new_size_bytes,original_size_bytes\ncloud,none,a.jpg,2026-11-20T15:24:17.163Z,3.5,1,2\n';
  const { records, findings } = await read(text);
  expect(records[0]).toMatchObject({
    image: 'a.jpg',
    processingTimeMs: 3.5,
    newSizeBytes: 1,
    originalSizeBytes: 2,
  });
  expect(findings).toContainEqual({ kind: 'unknown columns', columns: ['gpu'] });
});

test('a last line without its end is reported and left out, even where it looks whole', async () => {
  const torn = file.slice(0, -1);
  const { records, findings } = await read(torn);
  expect(records).toEqual([first]);
  expect(findings).toEqual([
    { kind: 'torn last line', line: 4, text: torn.slice(torn.lastIndexOf('\n') + 1) },
  ]);
});

test('a file cut anywhere outside a quoted line end gives its whole rows and a finding', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryRecord, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      async (records, position) => {
        const lines = records.map((record) => metricsToCsv([record]).slice(metricsToCsv([]).length));
        const bytes = Buffer.from(metricsToCsv(records));
        const cut = position % bytes.length;
        const ends = [Buffer.byteLength(metricsToCsv([]))];
        for (const line of lines) ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(line));
        const whole = ends.filter((end) => end <= cut).length - 1;
        const tail = bytes.subarray(ends.findLast((end) => end <= cut) ?? 0, cut);
        fc.pre(!tail.includes('\n'));
        const findings: unknown[] = [];
        const stream = (async function* () {
          for (let at = 0; at < cut; at += 7) yield bytes.subarray(at, Math.min(at + 7, cut));
        })();
        const got = [];
        for await (const record of readMetrics({ stream, name: 'stream' }, (finding) =>
          findings.push(finding),
        )) {
          got.push(record);
        }
        expect(got).toEqual(records.slice(0, Math.max(whole, 0)));
        expect(findings.length > 0).toBe(tail.length > 0 || cut === 0);
      },
    ),
    { numRuns: 150 },
  );
});

test('an empty file and a torn header have no records and say why', async () => {
  expect(await read('')).toEqual({ records: [], findings: [{ kind: 'no header' }] });
  expect(await read('image,orig')).toEqual({
    records: [],
    findings: [{ kind: 'torn last line', line: 1, text: 'image,orig' }, { kind: 'no header' }],
  });
  expect(await read(metricsToCsv([]))).toEqual({ records: [], findings: [] });
});

const row = metricsToCsv([second]).split('\n')[1] ?? '';
const header = columnNames.join(',');

test.each([
  ['a short row', `${header}\n${row}\na.jpg,1,2\n`, 'metrics.csv, line 3: 3 cells, expected 26'],
  [
    'a long row, after a cell of two lines',
    `${file}${row},x\n`,
    'metrics.csv, line 5: 27 cells, expected 26',
  ],
  ['a repeated column', `${header},image\n`, "names 'image' more than once"],
  ['semicolons', `${header.replaceAll(',', ';')}\n`, 'separated by semicolons'],
  ['another table', 'a,b\n1,2\n', 'is not a metrics file: its header lacks image, original_size_bytes'],
  [
    'a quote that is never closed',
    `${header}\n"${row}\n${row}\n`,
    'line 2: a quote opened in the row that begins here',
  ],
  ['a quote inside a cell', `${header}\n${row}\na"b".jpg${row}\n`, 'line 3: not valid CSV'],
  [
    'a decimal comma',
    `${header}\n${row.replace('41.5', '"41,5"')}\n`,
    'line 2, column processing_time_ms: expected milliseconds with a decimal point such as 12.345, got "41,5"',
  ],
  ['NaN', `${header}\n${row.replace('41.5', 'NaN')}\n`, 'column processing_time_ms'],
  ['a negative duration', `${header}\n${row.replace('41.5', '-1')}\n`, 'got "-1"'],
  [
    'a fraction of a byte',
    `${header}\n${row.replace('1048576', '1.5')}\n`,
    'column original_size_bytes: expected a whole number',
  ],
  ['1 for true', `${header}\n${row.replace('true', '1')}\n`, 'column cold: expected true or false, got "1"'],
  [
    'a wrong source',
    `${header}\n${row.replace(',cloud,', ',moon,')}\n`,
    'column source: expected cloud or on_prem, got "moon"',
  ],
  [
    'no source',
    `${header}\n${row.replace(',cloud,', ',,')}\n`,
    'column source: expected cloud or on_prem, got an empty cell',
  ],
  ['a day that is none', `${header}\n${row.replace('2026-11-20T', '2026-13-20T')}\n`, 'column timestamp'],
])('%s is refused with file and line', async (_, text, message) => {
  const failure = await read(text).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(MetricsError);
  expect(failure).toHaveProperty('message', expect.stringContaining(message));
  expect(failure).toHaveProperty('file', 'metrics.csv');
});

test('booleans as a spreadsheet writes them', async () => {
  expect((await read(`${header}\n${row.replace('true', 'TRUE')}\n`)).records[0]?.cold).toBe(true);
  expect((await read(`${header}\n${row.replace('true', 'FALSE')}\n`)).records[0]?.cold).toBe(false);
});

test('text that is not UTF-8 is refused, not garbled', async () => {
  const path = join(await temporaryFolder(), 'latin1.csv');
  await writeFile(path, Buffer.from(metricsToCsv([exampleRecord({ image: 'Süd.jpg' })]), 'latin1'));
  await expect(readMetricsFile(path)).rejects.toThrow(`${path} is not UTF-8`);
});

test('a missing file is the file system’s own error', async () => {
  await expect(readMetricsFile(join(await temporaryFolder(), 'none.csv'))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test('a reader that stops early lets go of its source', async () => {
  let released = false;
  const stream = (async function* () {
    try {
      yield Buffer.from(metricsToCsv(Array.from({ length: 50 }, () => second)));
      for (;;) yield Buffer.from(`${row}\n`);
    } finally {
      released = true;
    }
  })();
  for await (const _ of readMetrics({ stream, name: 'endless' })) break;
  await expect.poll(() => released).toBe(true);
});
