import { summarise } from '@skyground/statistics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binsOf, countsIn } from '../src/build/bins.ts';
import { histogramChart } from '../src/index.ts';

const heading = {
  id: 'warm',
  title: 'Warm',
  measure: { name: 'response time', unit: 'ms' },
  thing: 'request',
};
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const anySample = fc.array(
  fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-90),
    fc.integer({ min: 0, max: 20 }),
    fc.constantFrom(0, 0.1, 0.3, 1e90, -1e90, 1e-90),
  ),
  { minLength: 1, maxLength: 200 },
);

test('every value lies in the bin that counts it, or beyond the last', () => {
  fc.assert(
    fc.property(anySample, (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const bins = binsOf([sorted]);
      if (bins === undefined) throw new Error('no bins');
      const { edges } = bins;
      const { counts, beyond } = countsIn(bins, sorted);
      expect(counts.length).toBeGreaterThanOrEqual(1);
      expect(counts.length).toBeLessThanOrEqual(60);
      expect(sum(counts) + beyond).toBe(values.length);
      counts.forEach((count, bin) => {
        const [low, high] = [edges[bin] ?? Number.NaN, edges[bin + 1] ?? Number.NaN];
        expect(low).toBeLessThan(high);
        expect(sorted.filter((value) => value >= low && value < high)).toHaveLength(count);
      });
      expect(beyond).toBeLessThanOrEqual(Math.max(1, values.length / 100));
      const figures = summarise(sorted);
      // It is marked on the axis.
      if (figures.kind === 'summary') expect(edges.at(-1)).toBeGreaterThan(figures.p95);
    }),
    { numRuns: 500 },
  );
});

test('the width is that of Freedman and Diaconis, rounded; edges are multiples of it', () => {
  // 1 to 64: the middle half is 31.5 wide, the cube root of 64 is 4: 2 * 31.5 / 4 = 15.75.
  const sixtyFour = Array.from({ length: 64 }, (_, index) => index + 1);
  expect(binsOf([sixtyFour])).toEqual({ width: 20, edges: [0, 20, 40, 60, 80] });
  // Tenths are no round numbers to a computer, and still belong where they are said to.
  const tenths = sixtyFour.map((value) => value / 100);
  expect(binsOf([tenths])?.edges).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  // Half of them equal: by Sturges, a range of 80 in 7 + 1 steps of which the nearest round one is 10.
  expect(binsOf([[...Array.from({ length: 60 }, () => 20), 100, 60, 40, 80]])?.width).toBe(10);
  expect(binsOf([[5, 5, 5, 5, 5, 5]])).toEqual({ width: 0.5, edges: [5, 5.5] });
  expect(binsOf([[], []])).toBeUndefined();
});

test('the same values in another unit have the same bins, also where the largest lies on an edge', () => {
  for (let largest = 10; largest < 200; largest += 1) {
    const values = [...Array.from({ length: 40 }, (_, index) => (index * 7919) % largest), largest];
    for (const parts of [100, 1000]) {
      const finer = binsOf([values.map((value) => value / parts)])?.edges;
      expect(finer?.map((edge) => Number((edge * parts).toPrecision(9)))).toEqual(binsOf([values])?.edges);
    }
  }
});

test('groups share bins as fine as the one that needs the finest', () => {
  const near = Array.from({ length: 64 }, (_, index) => 100 + index / 10);
  const far = near.map((value) => value + 40);
  expect(binsOf([near, far])?.width).toBe(binsOf([near])?.width);
  expect(binsOf([[...near, ...far]])?.width).toBeGreaterThan(10);
});

test('the 95th percentile of every group has a place on the axis', () => {
  fc.assert(
    fc.property(fc.array(anySample, { minLength: 1, maxLength: 3 }), (groups) => {
      const lastEdge = binsOf(groups)?.edges.at(-1);
      for (const values of groups.filter(({ length }) => length >= 6)) {
        const figures = summarise(values);
        if (figures.kind === 'summary') expect(lastEdge).toBeGreaterThan(figures.p95);
      }
    }),
  );
});

test('few values far above the rest are one bar beyond the last bin, and counted', () => {
  const values = [...Array.from({ length: 64 }, (_, index) => index + 1), 5_000];
  const { table, readingSentence, spec } = histogramChart({ ...heading, groups: [{ arm: 'warm', values }] });
  expect(table.rows.map((row) => row.slice(1, 4))).toEqual([
    ['0', '20', '19'],
    ['20', '40', '20'],
    ['40', '60', '20'],
    ['60', '80', '5'],
    ['80', '–', '1'],
  ]);
  expect(readingSentence).toContain(
    '65 requests, median 33.0 ms, 95 % within 61.8 ms, from 1.00 ms to 5,000 ms',
  );
  expect(readingSentence).toContain('1 request far above the rest stands at the right as one bar.');
  const drawn = JSON.stringify(spec);
  expect(drawn).toContain('median 33.0 ms');
  expect(drawn).toContain('p95 61.8 ms');
  expect(drawn).toContain('"1 at 5,000 ms"');
  expect(drawn).toContain('"bins of 20 ms"');
});

test('too few for bins are drawn one by one, and said', () => {
  const { table, readingSentence, spec } = histogramChart({
    ...heading,
    groups: [{ arm: 'cold', values: [300, 210, Number.NaN] }],
  });
  expect(readingSentence).toBe('Cold: 2 requests, too few for bins (210, 300 ms).');
  expect(table.rows).toEqual([
    ['cold', '210', '–', '1', '50.0'],
    ['cold', '300', '–', '1', '50.0'],
  ]);
  const drawn = JSON.stringify(spec);
  expect(drawn).toContain('too few for bins: 2 requests, needs 6');
  expect(drawn).toContain('1 value not finite or absurd, left out');
  expect(drawn).not.toContain('median');
});

test('where values are drawn one by one, the axis reaches to all of them, and nothing lies beyond it', () => {
  const warm = Array.from({ length: 500 }, (_, index) => 8 + ((index * 7919) % 97) / 13);
  const groups = [
    { arm: 'cold', values: [300, 310, 420] },
    { arm: 'warm', values: [...warm, 92, 120] },
  ];
  expect(binsOf(groups.map(({ values }) => values))?.edges.at(-1)).toBeGreaterThan(420);
  const drawn = histogramChart({ ...heading, groups });
  expect(drawn.readingSentence).not.toContain('as one bar');
  expect(JSON.stringify(drawn.spec)).not.toContain('labelExpr');
});
