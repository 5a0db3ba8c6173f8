import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPlanSchema } from '../src/index.ts';
import { answerIdOf } from '../src/senders/answer-id.ts';

test.each([
  ['a plain id', 'abc-1', 'abc-1'],
  ['the longest', 'x'.repeat(256), 'x'.repeat(256)],
  ['one too long', 'x'.repeat(257), null],
  ['nothing', '', null],
  ['a control character', 'a\u001b[2Jb', null],
  ['a line break', 'a\nb', null],
  ['an umlaut', 'ä', null],
  ['a header that came twice', ['a', 'b'], null],
])('%s', (_, value, expected) => {
  expect(answerIdOf({ 'x-request-id': value }, 'X-Request-Id')).toBe(expected);
  expect(answerIdOf({ 'x-request-id': value }, null)).toBeNull();
  expect(answerIdOf({ 'x-request-id': value }, 'constructor')).toBeNull();
});

test('whatever comes, an id has at most 256 printable characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
      const id = answerIdOf({ id: value }, 'id');
      if (id !== null) expect(id).toMatch(/^[ -~]{1,256}$/);
    }),
  );
});

const target = { kind: 'http', url: 'http://127.0.0.1/', method: 'GET', headers: {}, body: null };
const plan = {
  name: 'stored',
  model: {
    kind: 'closed',
    users: 1,
    spawnRatePerSecond: 1,
    thinkTime: { kind: 'constant', thinkMs: 0 },
    runTimeMs: 1000,
    seed: 1,
  },
  target,
  requestTimeoutMs: 1000,
};

test('a plan from before answers had ids is valid and names no header; what is no header name is refused', () => {
  expect(loadPlanSchema.parse(plan).target).toEqual({ ...target, answerIdHeader: null });
  const named = (answerIdHeader: string) => ({ ...plan, target: { ...target, answerIdHeader } });
  expect(loadPlanSchema.safeParse(named('x-request-id')).success).toBe(true);
  for (const name of ['', 'a b', 'x:', 'x\r\ny']) {
    expect(loadPlanSchema.safeParse(named(name)).success).toBe(false);
  }
});
