import { StateFolderError } from '@skyground/local-cloud';
import { describe, expect, it } from 'vitest';
import { together } from '../../src/doctor/check.ts';
import { judgeDisk } from '../../src/doctor/checks/disk.ts';
import { judgeEmbeddedCloud } from '../../src/doctor/checks/embedded-cloud.ts';
import { judgeFonts } from '../../src/doctor/checks/fonts.ts';
import { judgeNode } from '../../src/doctor/checks/node.ts';
import { judgePrices } from '../../src/doctor/checks/prices.ts';
import { judgeSharp } from '../../src/doctor/checks/sharp.ts';
import { judgeTerminal } from '../../src/doctor/checks/terminal.ts';

it('Node: an older one than the Lambda runtime', () => {
  expect(judgeNode('22.18.0')).toMatchObject({ status: 'problem', seen: expect.stringContaining('22.18.0') });
  expect(judgeNode('24.0.0')).toMatchObject({ status: 'ok' });
});

it('sharp: not loaded, loaded but not working', () => {
  const message = 'Could not load the "sharp" module\nPossible solutions:\n- Ensure ...';
  expect(judgeSharp({ kind: 'not loaded', message })).toMatchObject({
    status: 'problem',
    seen: 'sharp could not be loaded on this machine: Could not load the "sharp" module',
  });
  expect(judgeSharp({ kind: 'not working', message: 'out of memory' })).toMatchObject({
    status: 'problem',
    seen: expect.stringContaining('could not process one pixel'),
  });
});

it('fonts: a file that cannot be read, text that is left out', () => {
  const fontFiles = ['/x/A.ttf'];
  expect(judgeFonts({ fontFiles, unreadable: ['ENOENT: /x/A.ttf'], darkPixels: 0 })).toMatchObject({
    status: 'problem',
    seen: 'cannot be read: ENOENT: /x/A.ttf',
  });
  expect(judgeFonts({ fontFiles, unreadable: [], darkPixels: 0 })).toMatchObject({
    status: 'problem',
    seen: expect.stringContaining('text is left out'),
  });
});

it('disk: less than a run may take, to the byte', () => {
  const seen = { dir: '/m', imagesBytes: 1_000_000, repetitions: 5 };
  expect(judgeDisk({ ...seen, freeBytes: 107_000_000 })).toMatchObject({ status: 'ok' });
  expect(judgeDisk({ ...seen, freeBytes: 106_999_999 })).toMatchObject({ status: 'problem' });
});

describe('terminal', () => {
  const good = {
    isTerminal: true,
    columns: 80,
    rows: 24,
    colours: 256,
    blockColumns: 1,
    environment: { LANG: 'en_US.UTF-8' },
  };

  it.each([
    ['good', {}, 'ok', /^80 x 24, 256 colours, locale en_US.UTF-8/],
    ['small', { columns: 79 }, 'warning', /less than 80 x 24/],
    ['wide blocks', { blockColumns: 2 }, 'warning', /a block takes 2 columns/],
    [
      'silent and not UTF-8',
      { blockColumns: undefined, environment: { LANG: 'C' } },
      'warning',
      /locale C, which/,
    ],
    [
      'no colours by wish',
      { colours: 0, environment: { ...good.environment, NO_COLOR: '1' } },
      'ok',
      /NO_COLOR is set/,
    ],
    ['a pipe', { isTerminal: false }, 'ok', /^not a terminal/],
    ['dumb', { environment: { TERM: 'dumb' } }, 'ok', /^TERM=dumb: plain lines/],
    ['CI', { environment: { CI: '1' } }, 'ok', /^CI is set: plain lines/],
  ])('%s', (_, change, status, seen) => {
    expect(judgeTerminal({ ...good, ...change })).toMatchObject({
      status,
      seen: expect.stringMatching(seen),
    });
  });
});

describe('the embedded cloud', () => {
  const answer = { kind: 'answered', endpoint: 'http://127.0.0.1:1', accountId: '000000000000' } as const;
  const port = { number: 7594, isTaken: false };

  it.each([
    [
      'running',
      { kind: 'serving', endpoint: 'http://127.0.0.1:1', pid: 7 } as const,
      /^running at .*process 7/,
    ],
    ['startable', { kind: 'absent' } as const, /no state yet/],
    [
      'a stale lock',
      { kind: 'idle', deadPid: 99 } as const,
      /lock of a cloud that was killed \(process 99\)/,
    ],
  ])('%s', (_, folder, seen) => {
    expect(judgeEmbeddedCloud({ folder, answer, port })).toMatchObject({
      status: 'ok',
      seen: expect.stringMatching(seen),
    });
  });

  it.each([
    [
      'damaged',
      { kind: 'unusable', error: new StateFolderError('state.db is damaged') } as const,
      /^state.db is damaged$/,
    ],
    ['held by another', { kind: 'in-use' } as const, /has the state folder open/],
  ])('a state folder that is %s', (_, folder, seen) => {
    expect(judgeEmbeddedCloud({ folder, answer: { kind: 'not asked' }, port })).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(seen),
    });
  });

  it('its port taken by another program, or a start that failed', () => {
    const folder = { kind: 'absent' } as const;
    expect(judgeEmbeddedCloud({ folder, answer, port: { ...port, isTaken: true } })).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('port 7594 is taken'),
    });
    const failed = { kind: 'failed', message: 'ended with exit code 1' } as const;
    expect(judgeEmbeddedCloud({ folder, answer: failed, port })).toMatchObject({
      status: 'problem',
      seen: 'ended with exit code 1',
    });
  });
});

it('prices: stale, read after today, no table for the region', () => {
  const readOn = '2026-01-01';
  const age = (kind: 'stale' | 'ahead' | 'current', ageDays: number) => ({ kind, ageDays, limitDays: 180 });
  const judged = (kind: 'stale' | 'ahead' | 'current', regionWithoutTable?: string) =>
    judgePrices({ region: 'us-east-1', readOn, age: age(kind, 200), regionWithoutTable });
  expect(judged('stale')).toMatchObject({
    status: 'warning',
    seen: expect.stringContaining('more than 180'),
  });
  expect(judged('ahead')).toMatchObject({ status: 'warning', seen: expect.stringContaining('not yet') });
  expect(judged('current', 'xx-west-1')).toMatchObject({
    status: 'warning',
    seen: expect.stringContaining('no sourced prices for xx-west-1'),
  });
  expect(judged('current')).toMatchObject({ status: 'ok' });
});

it('several judgements of one check: the gravest counts, and nothing is lost', () => {
  const ok = { status: 'ok', seen: 'a' } as const;
  const warning = { status: 'warning', seen: 'b', advice: 'do b' } as const;
  const problem = { status: 'problem', seen: 'c', advice: 'do c' } as const;
  expect(together([ok])).toEqual(ok);
  expect(together([warning, ok])).toEqual({ status: 'warning', seen: 'b; a', advice: 'do b' });
  expect(together([ok, warning, problem, problem])).toEqual({
    status: 'problem',
    seen: 'a; b; c; c',
    advice: 'do b do c',
  });
});
