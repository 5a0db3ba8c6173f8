import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { plainLines, terminalLines } from '../../src/doctor/lines.ts';
import type { Report } from '../../src/doctor/report.ts';
import { noPaint } from '../../src/output/paint.ts';

const report: Report = {
  schemaVersion: 1,
  target: 'aws (eu-west-1)',
  exitCode: 5,
  checks: [
    { id: 'node', title: 'Node', status: 'ok', seen: '24.21.0' },
    { id: 'region', title: 'Region', status: 'warning', seen: 'from elsewhere', advice: 'Set it.' },
    { id: 'buckets', title: 'Buckets', status: 'problem', seen: "another's", advice: 'Name others.' },
    { id: 'permissions', title: 'Permissions', status: 'skipped', reason: 'needs "Buckets"' },
  ],
};

it('plain: one line a check, and the count', () => {
  expect(plainLines(report)).toEqual([
    'Target: aws (eu-west-1)',
    'ok       Node: 24.21.0',
    'warning  Region: from elsewhere -> Set it.',
    "problem  Buckets: another's -> Name others.",
    'skipped  Permissions: needs "Buckets"',
    '1 problem, 1 warning, 1 skipped in 4 checks (exit code 5)',
  ]);
});

it('in a terminal: the same list in columns', () => {
  expect(terminalLines(report, 80, noPaint)).toEqual([
    'Target: aws (eu-west-1)',
    '',
    'ok       Node         24.21.0',
    'warning  Region       from elsewhere',
    '                      -> Set it.',
    "problem  Buckets      another's",
    '                      -> Name others.',
    'skipped  Permissions  needs "Buckets"',
    '',
    '1 problem, 1 warning, 1 skipped in 4 checks (exit code 5)',
  ]);
});

it('in a terminal that says it has no columns: as in one of 80', () => {
  expect(terminalLines(report, 0, noPaint)).toEqual(terminalLines(report, 80, noPaint));
});

it('never writes past the width, and loses no word', () => {
  const word = (minLength: number, maxLength: number) =>
    fc.string({ unit: 'grapheme-ascii', minLength, maxLength });
  // A path without a space may be longer than the line.
  const words = fc.array(fc.oneof(word(1, 12), word(100, 250)), { maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 200 }), (parts, width) => {
      const seen = parts.join(' ').replace(/\s+/g, ' ').trim();
      const check = { id: 'x', title: 'x', status: 'ok', seen } as const;
      const lines = terminalLines({ ...report, checks: [check] }, width, noPaint);

      for (const line of lines) expect(stringWidth(line)).toBeLessThan(width);
      expect(lines.join('').replace(/\s/g, '')).toContain(seen.replace(/\s/g, ''));
    }),
  );
});
