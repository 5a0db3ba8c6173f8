import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSampleWriter, LoadError, readSamples, samplesToCsv } from '../src/index.ts';
import { arbitrarySamples, droppedSample, sentSample } from './example-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the columns and cells are these', () => {
  expect(samplesToCsv([sentSample(), droppedSample()])).toBe(
    'sequence,user,method,name,status,due_at_ms,sent_at_ms,first_byte_at_ms,ended_at_ms,service_ms,response_ms,response_code,error,sent_bytes,received_bytes,in_flight,answer_id\n' +
      '0,,GET,health,ok,1700000000000,1700000000001.25,1700000000030.5,1700000000041.25,40,41.25,200,,3,12,1,b3f0c1de-7f1c-4c5e-9a53-2d4c8f6e0a11\n' +
      '1,,GET,health,dropped,1700000000100,,,,,,,,,,,\n',
  );
});

test('a file from before answers had ids is read, with none', () => {
  const text = samplesToCsv([sentSample(), droppedSample()])
    .split('\n')
    .map((line) => line.slice(0, line.lastIndexOf(',')))
    .join('\n');
  expect(text).toMatch(/,in_flight\n/);
  expect(readSamples(text, 'rows.csv')).toEqual([sentSample({ answerId: null }), droppedSample()]);
});

test('rows are read back as they were', () => {
  fc.assert(
    fc.property(arbitrarySamples, (samples) => {
      expect(readSamples(samplesToCsv(samples), 'rows.csv')).toEqual(samples);
    }),
  );
});

test('a file torn at any byte keeps its whole rows', () => {
  fc.assert(
    fc.property(arbitrarySamples, fc.nat(), (samples, at) => {
      const bytes = Buffer.from(samplesToCsv(samples));
      const headerBytes = samplesToCsv([]).length;
      const torn = bytes.subarray(0, headerBytes + (at % (bytes.length - headerBytes + 1))).toString();
      const rows = torn.split('\n').length - 2;
      expect(readSamples(torn, 'rows.csv')).toEqual(samples.slice(0, rows));
    }),
  );
});

test('batches are appended in the order of the calls, each in the file when append resolves', async () => {
  const path = join(await temporaryFolder(), 'deep/er/rows.csv');
  const writer = await createSampleWriter(path);
  const samples = [sentSample(), droppedSample(), sentSample({ sequence: 2 })];
  const batches = samples.map((sample) => writer.append([sample]));
  await batches.at(-1);
  expect(await readFile(path, 'utf8')).toBe(samplesToCsv(samples));
  await writer.close();
});

test('a file that is there is refused and left as it is', async () => {
  const path = join(await temporaryFolder(), 'rows.csv');
  await writeFile(path, 'mine');
  await expect(createSampleWriter(path)).rejects.toThrow(/rows\.csv could not be created.*EEXIST/);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test.each([
  ['another header', 'a,b\n1,2\n', /first line is not/],
  [
    'a cell that is no number',
    samplesToCsv([sentSample()]).replace(',41.25,', ',x,').replace('.25,40', 'x,40'),
    /row 1/,
  ],
  ['a short row', `${samplesToCsv([sentSample()])}1,2\n`, /rows\.csv: Invalid Record Length/],
])('%s is refused', (_, text, message) => {
  expect(() => readSamples(text, 'rows.csv')).toThrow(message);
  expect(() => readSamples(text, 'rows.csv')).toThrow(LoadError);
});
