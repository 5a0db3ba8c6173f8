import { expect, it } from 'vitest';
import { judgingOf } from '../../conformance/compare/compare-case.ts';
import { compareText, compareValue } from '../../conformance/compare/compare-value.ts';
import { compareDetails } from '../../conformance/compare/event.ts';

const recording = (changes: { masks?: string[]; hasOtherMachines?: boolean; recordedOn?: string } = {}) => ({
  masks: changes.masks ?? [],
  isOutputMasked: false,
  hasOtherMachines: changes.hasOtherMachines ?? false,
  recordedOn: changes.recordedOn,
  expected: { status: 'SUCCEEDED', output: null, error: null, cause: null, events: null },
});
const compare = (recorded: unknown, actual: unknown, changes = {}) =>
  compareValue(recorded, actual, judgingOf(recording(changes)), 'it');

const UUID_1 = '11111111-1111-4111-8111-111111111111';
const UUID_2 = '22222222-2222-4222-8222-222222222222';

it('equal placeholders are equal values', () => {
  expect(compare(['<uuid:1>', 'id <uuid:1>', '<uuid:2>'], [UUID_1, `id ${UUID_1}`, UUID_2])).toBeUndefined();
  expect(compare(['<uuid:1>', '<uuid:1>'], [UUID_1, UUID_2])).toMatchObject({ path: 'it[1]' });
  expect(compare('<name> and <name>', 'a and b')).toBeDefined();
  expect(compare('<uuid:1>', 'no uuid')).toBeDefined();
});

it('only machines and executions of one test may share the placeholders of ARNs', () => {
  const [recorded, actual] = [
    ['<ArnPart_0idx>', '<ArnPart_0idx>'],
    ['a', 'b'],
  ];
  expect(compare(recorded, actual)).toBeDefined();
  expect(compare(recorded, actual, { hasOtherMachines: true })).toBeUndefined();
});

it('masks hide whole values, and only in their case', () => {
  expect(compare({ Date: 'date' }, { Date: 'Sat, 21 Nov 2026' })).toBeUndefined();
  expect(compare({ Date: 'date' }, {})).toBeDefined();
  expect(compare('up to date', 'up to then')).toBeDefined();
  expect(compare('LogResult', 'abc')).toBeDefined();
  expect(compare('LogResult', 'abc', { masks: ['LogResult'] })).toBeUndefined();
});

it('special characters of a text are themselves', () => {
  expect(compare('$.a[0] (b) <x>', '$.a[0] (b) y')).toBeUndefined();
  expect(compare('$.a[0] (b) <x>', '$Xa[0] (b) y')).toBeDefined();
});

it('of a function that failed, type and message are compared', () => {
  const python = { errorType: 'E', errorMessage: 'm', requestId: '<uuid:1>', stackTrace: ['line'] };
  const node = { errorType: 'E', errorMessage: 'm', trace: ['line'] };
  expect(compare(python, node)).toBeUndefined();
  expect(compare(JSON.stringify(python), JSON.stringify(node))).toBeUndefined();
  expect(compare(python, { ...node, errorMessage: 'other' })).toMatchObject({ path: 'it.errorMessage' });
  expect(compare(JSON.stringify(python), JSON.stringify({ ...node, errorType: 'F' }))).toBeDefined();
  // As the recorder left it once: the placeholder took a quotation mark with it.
  const broken = JSON.stringify(python).replace('"<uuid:1>"', '<request-id>"');
  expect(compare(broken, JSON.stringify(node))).toBeUndefined();
});

it('texts are JSON in texts of events alone', () => {
  const judging = judgingOf(recording());
  expect(compareText('[1, 2.0]', '[1,2]', judging, 'it')).toBeUndefined();
  expect(compareText('[1, 2]', '[1,3]', judging, 'it')).toMatchObject({ path: 'it[1]' });
  expect(compareText('"1"', '1', judging, 'it')).toBeDefined();
  expect(compare('[1, 2]', '[1,2]')).toBeDefined();
  expect(compare('1.0', '1')).toBeDefined();
});

it('texts of events that begin with { were parsed once', () => {
  const judging = judgingOf(recording());
  const details = (output: string) => ({ output, outputDetails: { truncated: false } });
  const recorded = { output: { a: '{"b":1}' }, outputDetails: { truncated: false } };
  expect(compareDetails(recorded, details('{"a":"{\\"b\\":1}"}'), judging, 'it')).toBeUndefined();
  expect(compareDetails(recorded, details('{"a":{"b":1}}'), judging, 'it')).toBeDefined();
  expect(compareDetails({ output: 'x' }, {}, judging, 'it')).toMatchObject({ path: 'it.output' });
});

it('members that AWS added later are missed in older recordings alone', () => {
  const actual = { Name: 'n', RedriveCount: 0 };
  expect(compare({ Name: 'n' }, actual, { recordedOn: '2023-10-24' })).toBeUndefined();
  expect(compare({ Name: 'n' }, actual, { recordedOn: '2024-10-24' })).toBeDefined();
  expect(compare({ Name: 'n' }, actual)).toBeDefined();
});

it('a Content-Length may count blanks of Python, but must be true of our payload', () => {
  const answer = (payload: unknown, length: string) => ({
    Payload: payload,
    SdkHttpMetadata: { HttpHeaders: { 'Content-Length': length, Other: 'o' } },
  });
  expect(compare(answer({ a: 1 }, '8'), answer({ a: 1 }, '7'))).toBeUndefined();
  expect(compare(answer({ a: 1 }, '8'), answer({ a: 1 }, '9'))).toBeDefined();
  expect(compare(answer({ a: 1 }, '8'), answer({ a: 2 }, '7'))).toBeDefined();
});
