import type { LogLine } from '@skyground/cloud';
import { expect, test } from 'vitest';
import { loggedByRequest, loggedColumns } from '../../src/experiment/cloud/logged.ts';

const marks = {
  timeOrigin: 1_700_000_000_000,
  nodeReadyMs: 40,
  codeLoadedMs: 70,
  initialisedMs: 71,
  firstCallStartedMs: 100,
  firstCallEndedMs: 100.5,
  initialisationType: 'on-demand',
  compileCache: null,
};
const start = (id: string) => `START RequestId: ${id} Version: $LATEST`;
const report = (id: string, init = '') =>
  `REPORT RequestId: ${id}\tDuration: 3.50 ms\tBilled Duration: 104 ms\tMemory Size: 512 MB\tMax Memory Used: 61 MB\t${init}`;
const mark = (id: string, change: Partial<typeof marks> = {}) =>
  `2026-11-21T22:24:47.813Z\t${id}\tINFO\t${JSON.stringify({ coldStart: { ...marks, ...change } })}`;
const lines = (stream: string, ...messages: readonly string[]): LogLine[] =>
  messages.map((message, index) => ({ stream, atMs: index, message }));

const initStart =
  'INIT_START Runtime Version: nodejs:24.v21\tRuntime Version ARN: arn:aws:lambda:x::runtime:y';
const logged = loggedByRequest([
  ...lines(
    'one',
    initStart,
    start('a'),
    mark('a'),
    report('a', 'Init Duration: 100.00 ms\t'),
    start('b'),
    report('b'),
  ),
  // Of another environment at the same time.
  ...lines(
    'two',
    initStart,
    start('c'),
    mark('c', { initialisationType: 'provisioned-concurrency' }),
    report('c', 'Init Duration: 90.00 ms\t'),
  ),
  ...lines('three', start('d'), 'not a line of Lambda: {"coldStart": 1}'),
]);

test('an invocation is cold by the Init Duration of its own REPORT line, with the marks that its handler logged', () => {
  expect(loggedColumns(logged.get('a'))).toMatchObject({
    start: 'cold',
    initMs: 100,
    durationMs: 3.5,
    billedMs: 104,
    memorySizeMb: 512,
    maxMemoryUsedMb: 61,
    nodeReadyMs: 40,
    codeLoadedMs: 70,
    initialisedMs: 71,
    initialisationType: 'on-demand',
  });
});

test('the next invocation of the same environment is warm, and has none of them', () => {
  expect(loggedColumns(logged.get('b'))).toMatchObject({ start: 'warm', initMs: null, nodeReadyMs: null });
});

test('nobody waited for the Init Duration of a provisioned environment: warm', () => {
  expect(loggedColumns(logged.get('c'))).toMatchObject({ start: 'warm', initMs: 90 });
});

test('without a REPORT line nothing is guessed', () => {
  expect(logged.has('d')).toBe(false);
  expect(loggedColumns(logged.get('d'))).toMatchObject({
    start: 'unknown',
    durationMs: null,
    logBytes: null,
  });
});

test('log bytes are those of the invocation, 26 for each line beside its text', () => {
  const own = [start('b'), report('b')];
  const bytes = own.reduce((sum, line) => sum + Buffer.byteLength(line) + 26, 0);
  expect(logged.get('b')?.logBytes).toBe(bytes);
});

test('a REPORT line that CloudWatch shows after the START of the next invocation is still that of its own', () => {
  const late = loggedByRequest(
    lines('four', start('e'), start('f'), report('e', 'Init Duration: 80.00 ms\t'), report('f')),
  );
  expect(loggedColumns(late.get('e')).start).toBe('cold');
  expect(loggedColumns(late.get('f')).start).toBe('warm');
});
