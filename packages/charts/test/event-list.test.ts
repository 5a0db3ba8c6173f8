import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bracketsOf } from '../src/build/event-brackets.ts';
import { eventRowsOf } from '../src/build/event-rows.ts';
import { eventListChart, renderDrawnChart } from '../src/index.ts';

const heading = { id: 'events', title: 'Events' };
const eventsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    type: 'TaskStarted',
    name: `P${index + 1}`,
    timestamp: `16:42:47.${String(index).padStart(3, '0')}`,
    sinceStartMs: index,
  }));

test('events whose timestamps are used are named, and intervals between them said', () => {
  const { table, readingSentence, altText, spec } = eventListChart({
    ...heading,
    events: eventsOf(3),
    marks: [
      { id: 1, name: 'T_A_end' },
      { id: 3, name: 'T_B_start' },
    ],
    intervals: [
      { name: 'Overhead_AB', fromMark: 'T_A_end', toMark: 'T_B_start', durationMs: 2 },
      { name: 'of another list', fromMark: 'T_A_end', toMark: 'T_C_start', durationMs: 9 },
    ],
  });
  expect(table.rows).toEqual([
    ['1', 'TaskStarted', 'P1', '16:42:47.000', '0', 'T_A_end'],
    ['2', 'TaskStarted', 'P2', '16:42:47.001', '1', ''],
    ['3', 'TaskStarted', 'P3', '16:42:47.002', '2', 'T_B_start'],
  ]);
  expect(readingSentence).toContain('Overhead_AB, from T_A_end to T_B_start, is 2 ms');
  expect(altText).toContain('T_B_start: event 3, TaskStarted at 16:42:47.002');
  const drawn = JSON.stringify(spec);
  expect(drawn).toContain('Overhead_AB = 2 ms');
  expect(drawn).toContain('1 interval not drawn: the list does not show both ends');
});

test('a long list shows what is marked with its neighbours, and what it leaves out', () => {
  const { table, spec } = eventListChart({
    ...heading,
    events: eventsOf(258),
    marks: [{ id: 155, name: 'T_last_started' }],
  });
  expect(table.rows.map(([id]) => id)).toEqual([1, 2, 3, 153, 154, 155, 156, 157, 256, 257, 258].map(String));
  const drawn = JSON.stringify(spec);
  expect(drawn).toContain('11 of 258 events shown: those marked, and their neighbours');
  expect(drawn).toContain('… 149 events (4 to 152) not shown');
});

test('every event is shown or counted, in at most 48 rows, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.integer({ min: 1, max: 300 })),
      (count, ids) => {
        const marks = ids.map((id) => ({ id, name: `T_${id}` }));
        const rows = eventRowsOf({ ...heading, events: eventsOf(count), marks });
        expect(rows.length).toBeLessThanOrEqual(48);
        let next = 1;
        for (const row of rows) {
          if (row.kind === 'event') {
            expect(row.event.id).toBe(next);
            next += 1;
          } else {
            expect(row.text).toContain(`(${next} to `);
            next += Number.parseInt(/[\d,]+/.exec(row.text)?.[0] ?? '', 10);
          }
        }
        expect(next - 1).toBe(count);
      },
    ),
    { numRuns: 200 },
  );
});

test('brackets that share rows stand in lanes of their own, and no two texts on one line', () => {
  const anyMark = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(anyMark, anyMark), { maxLength: 12 }), (pairs) => {
      const events = eventsOf(40);
      const marks = events.map(({ id }) => ({ id, name: `T_${id}` }));
      const intervals = pairs.map(([from, to]) => ({
        name: 'interval',
        fromMark: `T_${from}`,
        toMark: `T_${to}`,
        durationMs: 1,
      }));
      const { brackets, leftOut } = bracketsOf(eventRowsOf({ ...heading, events, marks }), intervals);
      expect(brackets).toHaveLength(pairs.length);
      expect(leftOut).toBe(0);
      brackets.forEach((one, index) => {
        expect(one.textRow).toBeGreaterThanOrEqual(0);
        expect(one.textRow).toBeLessThanOrEqual(39);
        for (const other of brackets.slice(index + 1)) {
          expect(Math.abs(one.textRow - other.textRow)).toBeGreaterThanOrEqual(1);
          if (one.lane === other.lane) expect(one.to < other.from || other.to < one.from).toBe(true);
        }
      });
    }),
    { numRuns: 200 },
  );
});

test('names from a definition stay text', async () => {
  const event = {
    id: 1,
    type: '<script>x</script>',
    name: 'a\nb\u202e',
    timestamp: '\u001b[2J',
    sinceStartMs: 0,
  };
  const { svg } = await renderDrawnChart(
    eventListChart({ ...heading, events: [event], marks: [{ id: 1, name: '"&<' }] }),
  );
  expect(svg).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(svg).toContain('a\ufffdb\ufffd');
  expect(svg).not.toMatch(/<script|[\p{Cc}\u202e]/u);
});
