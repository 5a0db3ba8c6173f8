import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseReportLine } from '../src/index.ts';

const requestId = '8f5a2a3e-9c1b-4f5e-8a77-0d3b6c1e2f40';
const report = {
  kind: 'report',
  requestId,
  durationMs: 273.93,
  billedMs: 274,
  memorySizeMb: 128,
  maxMemoryUsedMb: 77,
  initMs: null,
  restoreMs: null,
  billedRestoreMs: null,
  status: null,
  errorType: null,
  xrayTraceId: null,
};
const head = `REPORT RequestId: ${requestId}\tDuration: 273.93 ms\tBilled Duration: 274 ms\tMemory Size: 128 MB\tMax Memory Used: 77 MB`;

describe('REPORT', () => {
  test.each([
    ['warm, trailing tab and line end', `${head}\t\n`, {}],
    ['warm, nothing after it', head, {}],
    ['cold', `${head}\tInit Duration: 399.68 ms\t\n`, { initMs: 399.68 }],
    ['timed out', `${head}\tStatus: timeout`, { status: 'timeout' }],
    [
      'failed',
      `${head}\tInit Duration: 1.20 ms\tStatus: error\tError Type: Runtime.ExitError\n`,
      { initMs: 1.2, status: 'error', errorType: 'Runtime.ExitError' },
    ],
    [
      'restored from a snapshot',
      `${head}\tRestore Duration: 512.05 ms\tBilled Restore Duration: 300 ms\t\n`,
      { restoreMs: 512.05, billedRestoreMs: 300 },
    ],
    [
      'traced, on a line of its own',
      `${head}\tInit Duration: 399.68 ms\t\nXRAY TraceId: 1-5f35ae12-0c0fec141ab77a00bc047aa2\tSegmentId: 2be948a625588e32\tSampled: true\t\n`,
      { initMs: 399.68, xrayTraceId: '1-5f35ae12-0c0fec141ab77a00bc047aa2' },
    ],
    [
      'init billed too, as since August 2025',
      `REPORT RequestId: ${requestId}\tDuration: 5610.09 ms\tBilled Duration: 6606 ms\tMemory Size: 128 MB\tMax Memory Used: 77 MB\tInit Duration: 995.80 ms\t\n`,
      { durationMs: 5610.09, billedMs: 6606, initMs: 995.8 },
    ],
  ])('%s', (_, line, changes) => {
    expect(parseReportLine(line)).toEqual({ ...report, ...changes });
  });
});

test.each([
  [
    'START with version',
    `START RequestId: ${requestId} Version: $LATEST\n`,
    { kind: 'start', requestId, version: '$LATEST' },
  ],
  ['START without', `START RequestId: ${requestId}`, { kind: 'start', requestId, version: null }],
  ['END', `END RequestId: ${requestId}\n`, { kind: 'end', requestId }],
  [
    'INIT_START',
    'INIT_START Runtime Version: nodejs:24.v12\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:0cdc\n',
    {
      kind: 'init-start',
      runtimeVersion: 'nodejs:24.v12',
      runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0cdc',
    },
  ],
  [
    'INIT_REPORT of a time-out',
    'INIT_REPORT Init Duration: 10009.13 ms\tPhase: init\tStatus: timeout\n',
    { kind: 'init-report', initMs: 10009.13, phase: 'init', status: 'timeout', errorType: null },
  ],
  [
    'INIT_REPORT of an error, repeated inside the invocation',
    'INIT_REPORT Init Duration: 212.40 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\t\n',
    {
      kind: 'init-report',
      initMs: 212.4,
      phase: 'invoke',
      status: 'error',
      errorType: 'Runtime.ImportModuleError',
    },
  ],
])('%s', (_, line, expected) => {
  expect(parseReportLine(line)).toEqual(expected);
});

describe('JSON log format', () => {
  const time = '2026-11-20T15:24:17.163Z';

  test('platform.report', () => {
    const record = {
      requestId,
      metrics: {
        durationMs: 273.93,
        billedDurationMs: 274,
        memorySizeMB: 128,
        maxMemoryUsedMB: 77,
        initDurationMs: 399.68,
      },
      tracing: {
        spanId: '54565fb41ac79632',
        type: 'X-Amzn-Trace-Id',
        value: 'Root=1-62e9-abc;Parent=76;Sampled=1',
      },
      status: 'success',
    };
    expect(parseReportLine(JSON.stringify({ time, type: 'platform.report', record }))).toEqual({
      ...report,
      initMs: 399.68,
      status: 'success',
      xrayTraceId: '1-62e9-abc',
    });
  });

  test('platform.report of a failure, without the optional members', () => {
    const record = {
      requestId,
      metrics: { durationMs: 3000, billedDurationMs: 3000, memorySizeMB: 512 },
      status: 'timeout',
      errorType: 'Sandbox.Timedout',
    };
    expect(parseReportLine(JSON.stringify({ time, type: 'platform.report', record }))).toMatchObject({
      durationMs: 3000,
      maxMemoryUsedMb: null,
      initMs: null,
      status: 'timeout',
      errorType: 'Sandbox.Timedout',
    });
  });

  test.each([
    [
      'platform.initReport',
      {
        initializationType: 'on-demand',
        phase: 'init',
        status: 'error',
        errorType: 'E',
        metrics: { durationMs: 9 },
      },
      { kind: 'init-report', initMs: 9, phase: 'init', status: 'error', errorType: 'E' },
    ],
    [
      'platform.initStart',
      { initializationType: 'on-demand', phase: 'init', runtimeVersion: 'nodejs:24.v12', functionName: 'f' },
      { kind: 'init-start', runtimeVersion: 'nodejs:24.v12', runtimeVersionArn: null },
    ],
    ['platform.start', { requestId, version: '$LATEST' }, { kind: 'start', requestId, version: '$LATEST' }],
  ])('%s', (type, record, expected) => {
    expect(parseReportLine(JSON.stringify({ time, type, record }))).toEqual(expected);
  });
});

test.each([
  '',
  'hello',
  'REPORT',
  'REPORT of the day: all is well',
  'START',
  'END of story',
  `REPORTED RequestId: ${requestId}`,
  `REPORT RequestId: ${requestId}\tDuration: fast`,
  head.replace('273.93 ms', '273.93 s'),
  head.replace('273.93 ms', '-1 ms'),
  '{"type":"platform.report"}',
  '{"type":"platform.report","record":{"requestId":7}}',
  '{"level":"INFO","message":"REPORT RequestId: x"}',
  '{not json',
  '[]',
])('a handler may print %j: no report line, no error', (line) => {
  expect(parseReportLine(line)).toBeUndefined();
});

const recordings =
  process.env['SKYGROUND_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings');
const shapesFile = join(recordings, 'wire/shapes.json');
const logEvents = z.object({
  logs_filter_events: z.object({
    events: z.object({ 'log-events': z.array(z.object({ message: z.string() })) }),
    lambda_error_log_events: z.object({ log_events: z.array(z.object({ message: z.string() })) }),
  }),
});

if (existsSync(shapesFile)) {
  test('the recorded log streams of AWS', () => {
    const { logs_filter_events: recorded } = logEvents.parse(JSON.parse(readFileSync(shapesFile, 'utf8')));
    const kindsOf = (events: readonly { message: string }[]) =>
      events
        .map(({ message }) => parseReportLine(unmask(message))?.kind)
        .filter((kind) => kind !== undefined);

    expect(kindsOf(recorded.events['log-events'])).toEqual(['init-start', 'start', 'end', 'report']);
    const errors = recorded.lambda_error_log_events.log_events;
    expect(kindsOf(errors)).toEqual(['init-start', 'start', 'end', 'report', 'start', 'end', 'report']);
    const reports = errors
      .map(({ message }) => parseReportLine(message))
      .filter((line) => line?.kind === 'report');
    expect(reports).toEqual([
      expect.objectContaining({
        durationMs: 3.01,
        billedMs: 4,
        memorySizeMb: 128,
        maxMemoryUsedMb: 36,
        initMs: 110.1,
      }),
      expect.objectContaining({
        durationMs: 2.9,
        billedMs: 3,
        memorySizeMb: 128,
        maxMemoryUsedMb: 36,
        initMs: null,
      }),
    ]);
  });
} else {
  console.log('skipped: recordings not found (set SKYGROUND_RECORDINGS to their folder)');
}

/** The recorder masked figures that vary; any figure will do in their place. */
function unmask(message: string): string {
  return message.replaceAll('<duration>', '12.34').replaceAll('<memory>', '36');
}
