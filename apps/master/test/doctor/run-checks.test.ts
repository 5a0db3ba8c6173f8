import { expect, it } from 'vitest';
import { type Check, defineCheck, type Judgement } from '../../src/doctor/check.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { surroundingsIn } from './surroundings.ts';

const ok: Judgement = { status: 'ok', seen: 'fine' };
const problem: Judgement = { status: 'problem', seen: 'broken', advice: 'mend it' };

function check(id: string, judgement: Judgement, after: readonly string[] = []): Check {
  return defineCheck({ id, title: id, after, probe: () => judgement, judge: (seen) => seen });
}

async function run(
  checks: readonly Check[],
  { signal = new AbortController().signal, limitMs = 60_000, target = 'local' } = {},
) {
  using surroundings = surroundingsIn('/nowhere', { target });
  return await runChecks(checks, surroundings, { signal, limitMs });
}

it('answers in the order of the list, and skips what builds on a problem, however far away', async () => {
  const findings = await run([
    check('a', problem),
    check('b', ok, ['a']),
    check('c', ok, ['b']),
    check('d', { ...problem, status: 'warning' }),
    check('e', ok, ['d']),
  ]);

  expect(findings.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'a problem',
    'b skipped',
    'c skipped',
    'd warning',
    'e ok',
  ]);
  expect(findings[1]).toMatchObject({ reason: 'needs "a", which has a problem' });
  expect(findings[2]).toMatchObject({ reason: 'needs "b", which was skipped' });
});

it('leaves out what is not for the target, and does not wait for it', async () => {
  const forAws: Check = { ...check('aws only', problem), targets: ['aws'] };

  expect(await run([forAws, check('b', ok, ['aws only'])])).toEqual([{ id: 'b', title: 'b', ...ok }]);
});

it('makes them at the same time', async () => {
  const { promise: second, resolve } = Promise.withResolvers<void>();
  const waits: Check = { ...check('first', ok), run: () => second.then(() => ok) };
  const frees: Check = {
    ...check('second', ok),
    run: async () => {
      resolve();
      return ok;
    },
  };

  expect(await run([waits, frees])).toHaveLength(2);
});

it('calls one that hangs or throws a problem, by its own name, and finishes the others', async () => {
  const hangs: Check = { ...check('hangs', ok), run: () => new Promise(() => {}) };
  const throws: Check = { ...check('throws', ok), run: () => Promise.reject(new Error('EPERM')) };

  expect(await run([hangs, throws, check('c', ok)], { limitMs: 50 })).toMatchObject([
    { id: 'hangs', status: 'problem', seen: 'no answer within 0.05 s' },
    { id: 'throws', status: 'problem', seen: 'EPERM' },
    { id: 'c', status: 'ok' },
  ]);
});

it('tells the probe when its time is over', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const told: Check = {
    ...check('told', ok),
    run: (_, signal) => {
      signal.addEventListener('abort', () => resolve());
      return new Promise(() => {});
    },
  };

  await run([told], { limitMs: 10 });
  await promise;
});

it('ends with the signal', async () => {
  const stop = new AbortController();
  const hangs: Check = { ...check('hangs', ok), run: () => new Promise(() => {}) };
  const running = run([hangs], { signal: stop.signal });
  stop.abort(new Error('stopped'));

  await expect(running).rejects.toThrow('stopped');
});
