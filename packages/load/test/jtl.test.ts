import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSent, LoadError, readJtl, samplesToJtl } from '../src/index.ts';
import { arbitrarySamples, droppedSample, sentSample } from './example-samples.ts';

const header =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect';
const options = { url: 'http://127.0.0.1/x', elapsedFrom: 'sent' } as const;

test('a JTL has the 17 columns that JMeter 5 writes, whole milliseconds, true and false', () => {
  const refused = sentSample({
    sequence: 4,
    status: 'failed',
    responseCode: null,
    firstByteAtMs: null,
    error: 'ECONNREFUSED: connect, "refused"',
    sentBytes: 0,
    receivedBytes: 0,
  });
  expect(samplesToJtl([sentSample(), droppedSample(), refused], options)).toBe(
    `${header}\n` +
      '1700000000001,40,health,200,OK,Open Model Thread Group 1-1,text,true,,12,3,1,1,http://127.0.0.1/x,29,0,0\n' +
      '1700000000001,40,health,Non HTTP response code: ECONNREFUSED,"ECONNREFUSED: connect, ""refused""",Open Model Thread Group 1-5,,false,"ECONNREFUSED: connect, ""refused""",0,0,1,1,http://127.0.0.1/x,0,0,0\n',
  );
});

test('counted from when they were due, times are response times', () => {
  const [row] = samplesToJtl([sentSample()], { url: null, elapsedFrom: 'due' }).split('\n').slice(1);
  expect(row?.startsWith('1700000000000,41,health,')).toBe(true);
  expect(row?.endsWith(',null,31,0,0')).toBe(true);
});

test('what is written is read back to the millisecond', () => {
  fc.assert(
    fc.property(arbitrarySamples, (samples) => {
      const sent = samples.filter(isSent);
      fc.pre(sent.length > 0);
      const read = readJtl(samplesToJtl(samples, options), 'a.jtl').filter(isSent);
      expect(
        read.map(({ name, status, receivedBytes, inFlight, responseCode }) => [
          name,
          status,
          receivedBytes,
          inFlight,
          responseCode,
        ]),
      ).toEqual(
        sent.map(({ name, status, receivedBytes, inFlight, responseCode }) => [
          name,
          status,
          receivedBytes,
          inFlight,
          responseCode,
        ]),
      );
      for (const [index, sample] of read.entries()) {
        expect(Math.abs(sample.sentAtMs - (sent[index]?.sentAtMs ?? 0))).toBeLessThanOrEqual(0.5);
        expect(Math.abs(sample.endedAtMs - (sent[index]?.endedAtMs ?? 0))).toBeLessThanOrEqual(1);
      }
    }),
  );
});

const row = '1700000000000,150,GET /,200,OK,Thread Group 1-1,text,true,,512,120,1,2,http://h/,148,0,3';
const failed =
  '1700000001000,5000,GET /,500,Internal Server Error,Thread Group 1-1,text,false,"expected\n""200""",12,120,1,2,http://h/,4990,0,0';
const required =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes,grpThreads,allThreads,Latency';

test('a JTL of JMeter 5 becomes samples', () => {
  expect(readJtl(`${header}\n${row}\n${failed}\n`, 'a.jtl')).toEqual([
    {
      sequence: 0,
      user: null,
      method: '',
      name: 'GET /',
      dueAtMs: 1_700_000_000_000,
      status: 'ok',
      sentAtMs: 1_700_000_000_000,
      firstByteAtMs: 1_700_000_000_148,
      endedAtMs: 1_700_000_000_150,
      responseCode: '200',
      error: null,
      sentBytes: 120,
      receivedBytes: 512,
      answerId: null,
      inFlight: 2,
    },
    expect.objectContaining({ status: 'failed', error: 'expected\n"200"', endedAtMs: 1_700_000_006_000 }),
  ]);
});

test.each([
  ['only the required columns', `${required}\n1,2,a,200,OK,t,true,3,1,1,2\n`],
  ['a variable in quotes, last', `${header},"run_id"\n${row},7\n`],
  ['semicolons', `${header}\n${row}\n`.replaceAll(',', ';')],
  ['CRLF', `${header}\r\n${row}\r\n`],
  ['no final line end', `${header}\n${row}`],
  ['success as TRUE', `${header}\n${row.replace('true', 'TRUE')}\n`],
  ['no header, but the default columns', `${row}\n`],
  ['a BOM before the default columns', `\uFEFF${header}\n${row}\n`],
])('JMeter reads it with %s, and so do we', (_, text) => {
  expect(readJtl(text, 'a.jtl')).toMatchObject([{ status: 'ok' }]);
});

test.each([
  ['a required column missing', `${header.replace(',Latency', '')}\n`, /lacks Latency/],
  ['an unquoted column of its own', `${header},runId\n${row},7\n`, /not a header that JMeter reads/],
  [
    'columns in another order',
    `${header.replace('timeStamp,elapsed', 'elapsed,timeStamp')}\n${row}\n`,
    /in its own order/,
  ],
  ['all names quoted', `${header.replaceAll(/\w+/g, '"$&"')}\n${row}\n`, /unquoted/],
  ['a blank line in the middle', `${header}\n${row}\n\n${row}\n`, /blank or torn line/],
  ['a torn last line', `${header}\n${row}\n${row.slice(0, 20)}`, /Invalid Record Length|torn line/],
  ['a row that is too long', `${header}\n${row},7\n`, /row 2 has 18 cells, expected 17/],
  [
    'decimal elapsed',
    `${header}\n${row.replace(',150,', ',150.5,')}\n`,
    /row 2: elapsed: expected a whole number/,
  ],
  ['an ISO time', `${header}\n${row.replace('1700000000000', '2026-11-20T10:00:00')}\n`, /row 2: timeStamp/],
  ['an empty Latency', `${header}\n${row.replace(',148,', ',,')}\n`, /row 2: Latency/],
  ['success as 1', `${header}\n${row.replace('true', '1')}\n`, /takes 1 and 0 both for an error/],
  ['a header only', `${header}\n`, /no sample below the header/],
  ['XML', '<?xml version="1.0"?><testResults/>', /is XML, expected CSV/],
  ['a BOM before other columns', `\uFEFF${required}\n1,2,a,200,OK,t,true,3,1,1,2\n`, /byte order mark/],
])('%s is refused, as JMeter refuses or misreads it', (_, text, message) => {
  expect(() => readJtl(text, 'a.jtl')).toThrow(message);
  expect(() => readJtl(text, 'a.jtl')).toThrow(LoadError);
});
