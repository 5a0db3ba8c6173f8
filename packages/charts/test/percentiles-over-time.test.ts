import { expect, test } from 'vitest';
import { percentilesOverTimeChart } from '../src/index.ts';

const heading = {
  id: 'linegraph',
  title: 'Percentiles',
  measure: { name: 'response time', unit: 'ms' },
  thing: 'request',
  windowMs: 1_000,
};
const t0 = 1_795_000_000_000;
const warm = (afterMs: number, value: number | null) =>
  ({ endedAtMs: t0 + afterMs, value, start: 'warm' }) as const;

/** Ten within the first second, none in the second, one in the third, which failed another. */
const samples = [
  ...Array.from({ length: 10 }, (_, index) => warm(99 * (index + 1), 10 * (index + 1))),
  { endedAtMs: t0 + 500, value: 1_000, start: 'cold' },
  warm(2_100, 7),
  warm(2_900, null),
] as const;

test('median and p95 (R-7) of each window, with cold starts, failures and the users at its end', () => {
  const { table, readingSentence, spec } = percentilesOverTimeChart({
    ...heading,
    samples: samples.toReversed(),
    users: [
      { atMs: t0, users: 1 },
      { atMs: t0 + 1_500, users: 10 },
    ],
  });
  expect(table.rows).toEqual([
    // Of 10, 20 ... 100 and 1,000: the middle one, and half-way between the last two.
    ['0', '11', '60.0', '550', '1', '0', '1'],
    ['2', '1', '7.00', '7.00', '0', '1', '10'],
  ]);
  expect(readingSentence).toContain(
    '13 requests within 2.90 s, at most 10 users, median of a window 7.00 to 60.0 ms, p95 7.00 to 550 ms, 1 cold start after 0.500 s, 1 failed.',
  );
  expect(readingSentence).toContain('A window of 1 s holds 1 to 11 requests that succeeded');
  expect(readingSentence).toContain('In all of them there are fewer than 20');
  const drawn = JSON.stringify(spec);
  // Not joined to each other: nothing succeeded between them.
  expect(drawn).toContain('{"series":"median","seconds":0.5,"value":60,"stretch":0}');
  expect(drawn).toContain('{"series":"median","seconds":2.5,"value":7,"stretch":1}');
  expect(drawn).toContain('{"series":"cold start","seconds":0.5,"value":1000}');
  expect(drawn).toContain('{"series":"failed","seconds":2.9,"value":0}');
  expect(drawn).toContain('[{"seconds":0,"users":1},{"seconds":1.5,"users":10},{"seconds":2.9,"users":10}]');
});

test('without a count of users there is no panel for them', () => {
  const withUsers = (users: readonly { atMs: number; users: number }[] | null) => {
    const { spec } = percentilesOverTimeChart({ ...heading, samples, users });
    return 'vconcat' in spec ? spec.vconcat.length : 0;
  };
  expect(withUsers(null)).toBe(1);
  expect(withUsers([{ atMs: t0, users: 3 }])).toBe(2);
});

test('a long run has longer windows, and says so', () => {
  const { table, spec } = percentilesOverTimeChart({
    ...heading,
    samples: Array.from({ length: 3_000 }, (_, index) => warm(index * 1_000, 5)),
    users: null,
  });
  expect(table.rows).toHaveLength(1_000);
  expect(JSON.stringify(spec)).toContain('windows of 3 s: of 1 s there would be too many');
});

test('a window without a length is refused by name', () => {
  expect(() => percentilesOverTimeChart({ ...heading, windowMs: 0, samples, users: null })).toThrow(
    'windowMs: expected a number of milliseconds from 1 on, got 0.',
  );
});
