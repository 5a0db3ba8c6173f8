import { expect, test } from 'vitest';
import { joinReports, parseReportLine, type ReportLine } from '../src/index.ts';
import { exampleRecord } from './example-record.ts';

function reportLine(requestId: string, figures: string): ReportLine {
  const line = parseReportLine(`REPORT RequestId: ${requestId}\t${figures}\t\n`);
  if (line === undefined) throw new Error('not a report line');
  return line;
}

const cold =
  'Duration: 50.10 ms\tBilled Duration: 451 ms\tMemory Size: 1769 MB\tMax Memory Used: 121 MB\tInit Duration: 399.68 ms';
const warm = 'Duration: 20.00 ms\tBilled Duration: 20 ms\tMemory Size: 1769 MB\tMax Memory Used: 130 MB';

test('figures are joined by request id', () => {
  const records = [exampleRecord({ requestId: 'b' }), exampleRecord({ requestId: 'a', cold: true })];
  const { records: joined, findings } = joinReports(records, [reportLine('a', cold), reportLine('b', warm)]);
  expect(joined).toEqual([
    exampleRecord({ requestId: 'b', billedMs: 20, memorySizeMb: 1769, maxMemoryUsedMb: 130 }),
    exampleRecord({
      requestId: 'a',
      cold: true,
      initMs: 399.68,
      billedMs: 451,
      memorySizeMb: 1769,
      maxMemoryUsedMb: 121,
    }),
  ]);
  expect(findings).toEqual([]);
});

test('one request id several times: attempts, and the figures of the last', () => {
  const lines = [
    reportLine('a', cold),
    reportLine('other', cold),
    reportLine('a', `${warm}\tStatus: error`),
    reportLine('a', warm),
  ];
  const { records } = joinReports([exampleRecord({ requestId: 'a' })], lines);
  expect(records[0]).toMatchObject({ attempt: 3, initMs: null, billedMs: 20, maxMemoryUsedMb: 130 });
});

test('what is missing stays empty and is named', () => {
  const records = [
    exampleRecord({ image: 'lost.jpg', requestId: 'a', repetition: 2 }),
    exampleRecord({ image: 'anonymous.jpg', requestId: null }),
  ];
  const { records: joined, findings } = joinReports(records, [reportLine('b', warm)]);
  expect(joined).toEqual(records);
  expect(findings).toEqual([
    { kind: 'no report line', image: 'lost.jpg', repetition: 2, requestId: 'a' },
    { kind: 'no request id', image: 'anonymous.jpg', repetition: 1, requestId: null },
  ]);
});

test('joining again with more lines completes the rest and changes nothing else', () => {
  const records = [exampleRecord({ requestId: 'a' }), exampleRecord({ requestId: 'b' })];
  const first = joinReports(records, [reportLine('a', warm)]);
  expect(first.findings).toHaveLength(1);
  const both = [reportLine('a', warm), reportLine('b', cold)];
  const second = joinReports(first.records, both);
  expect(second).toEqual(joinReports(records, both));
  expect(second.findings).toEqual([]);
});

test('rows of the on-premises side pass through, without a finding', () => {
  const record = exampleRecord({ source: 'on_prem', requestId: null });
  expect(joinReports([record], [reportLine('a', warm)])).toEqual({ records: [record], findings: [] });
});
