import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markTexts } from '../src/build/mark-texts.ts';
import { hatch } from '../src/build/span-looks.ts';
import { type GanttRun, ganttChart, renderDrawnChart } from '../src/index.ts';

const heading = { id: 'timeline_diagram', title: 'One run of each mode' };
const future: GanttRun = {
  label: 'FUTURE_BASED',
  lanes: [
    { label: 'Contour', spans: [{ kind: 'work', fromMs: 60, toMs: 1_460 }] },
    {
      label: 'Publisher',
      spans: [
        { kind: 'init', fromMs: 165, toMs: 400 },
        { kind: 'wait', fromMs: 400, toMs: 1_470 },
        { kind: 'publish', fromMs: 1_470, toMs: 1_500 },
      ],
    },
  ],
  marks: [{ label: 'fan-in starts', atMs: 165 }],
};

test('every span is in the table with its duration, and sums are said', () => {
  const { table, readingSentence, altText, spec } = ganttChart({ ...heading, runs: [future] });
  expect(table.rows).toEqual([
    ['FUTURE_BASED', 'Contour', 'work', '60.0', '1,460', '1,400'],
    ['FUTURE_BASED', 'Publisher', 'init (cold start)', '165', '400', '235'],
    ['FUTURE_BASED', 'Publisher', 'wait, billed', '400', '1,470', '1,070'],
    ['FUTURE_BASED', 'Publisher', 'publish', '1,470', '1,500', '30.0'],
    ['FUTURE_BASED', '–', 'fan-in starts', '165', '–', '–'],
  ]);
  for (const text of [readingSentence, altText]) {
    expect(text).toContain('fan-in starts at 165 ms, init (cold start) 235 ms in all, work 1,400 ms in all');
    expect(text).toContain('wait, billed 1,070 ms in all');
  }
  expect(readingSentence).toContain('wait, billed has falling lines on white');
  expect(JSON.stringify(spec)).toContain('{"kind":"wait, billed","x":400,"x2":1470,');
});

test('runs below each other share one axis of time, which the last of them shows', () => {
  const { spec } = ganttChart({ ...heading, runs: [future, { label: 'none', lanes: [] }] });
  const drawn = JSON.stringify(spec);
  const domains = new Set(Array.from(drawn.matchAll(/"domain":\[0,[\d.]+\]/g), ([domain]) => domain));
  expect([...domains]).toEqual(['"domain":[0,1530]']);
  expect(drawn).toContain('"labels":false');
  expect(drawn).toContain('time since the run began (ms)');
});

test('what has no beginning and end, or is too much, is not drawn but counted', () => {
  const span = { kind: 'work', fromMs: 0, toMs: 1 } as const;
  const { spec, table } = ganttChart({
    ...heading,
    runs: [
      {
        label: 'a',
        lanes: [{ label: 'x', spans: [span, { ...span, toMs: Number.NaN }, { ...span, toMs: -1 }] }],
      },
      ...Array.from({ length: 8 }, () => ({ label: 'a', lanes: [] })),
    ],
  });
  expect(table.rows).toHaveLength(1);
  const drawn = JSON.stringify(spec);
  expect(drawn).toContain('8 of 9 runs drawn');
  expect(drawn).toContain('2 spans not drawn: too many, or without a beginning and an end');
});

test('texts of moments keep apart, and no line passes through a text that stands above its own', () => {
  const anyMarks = fc.array(
    fc.record({ label: fc.string({ maxLength: 34 }), atMs: fc.integer({ min: 0, max: 1_000 }) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(anyMarks, (marks) => {
      const { rows, texts } = markTexts(marks, { domain: [0, 1_000], pxPerMs: 0.64 });
      expect(texts).toHaveLength(marks.length);
      texts.forEach((one, index) => {
        expect(one.row).toBeLessThan(rows);
        for (const other of texts.slice(index + 1)) {
          if (one.row === other.row) expect(other.fromMs).toBeGreaterThanOrEqual(one.toMs);
          // Lines begin at their texts and lead down.
          if (other.atMs > one.atMs && other.atMs < one.toMs) expect(other.row).toBeGreaterThan(one.row);
        }
      });
    }),
    { numRuns: 200 },
  );
});

test('a texture stays within its span', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(-1, 0, 1),
      fc.double({ min: 0, max: 640, noNaN: true }),
      fc.integer({ min: 1, max: 40 }),
      (slope, widthPx, heightPx) => {
        const lines = hatch(slope, widthPx, heightPx);
        for (const { x, y, x2, y2 } of lines) {
          expect(Math.min(x, x2, y, y2)).toBeGreaterThanOrEqual(-1e-9);
          expect(Math.max(x, x2)).toBeLessThanOrEqual(widthPx + 1e-9);
          expect(Math.max(y, y2)).toBeLessThanOrEqual(heightPx + 1e-9);
          if (slope !== 0) expect(y2 - y + slope * (x2 - x)).toBeCloseTo(0, 6);
        }
        if (widthPx > 12) expect(lines.length).toBeGreaterThan(1);
      },
    ),
    { numRuns: 200 },
  );
});

test('names of functions and moments stay text', async () => {
  const run = {
    ...future,
    label: '</svg><script>x</script>',
    marks: [{ label: '__proto__\u202e\n', atMs: 5 }],
  };
  const { svg } = await renderDrawnChart(ganttChart({ ...heading, runs: [run] }));
  expect(svg).toContain('__proto__\ufffd: 5.00 ms');
  expect(svg).not.toMatch(/<script|[\p{Cc}\u202e]/u);
});
