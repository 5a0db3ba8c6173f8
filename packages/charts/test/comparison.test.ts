import { bootstrapInterval } from '@skyground/statistics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksOf } from '../src/build/arms.ts';
import { barGroupsOf } from '../src/build/grouped-bars-rows.ts';
import { cellTexts, columnsOf } from '../src/build/table-columns.ts';
import {
  forestChart,
  groupedBarsChart,
  renderDrawnChart,
  scatterChart,
  shareBarsChart,
  tableChart,
} from '../src/index.ts';

const heading = { id: 'any', title: 'Any' };
const ms = { name: 'latency', unit: 'ms' };
const interval = (low: number, estimate: number, high: number) =>
  ({ kind: 'interval', method: 'BCa bootstrap', low, estimate, high, n: 20, confidence: 0.95 }) as const;
const fewOf = (estimate: number) => ({ kind: 'too few', needed: 6, n: 3, estimate }) as const;

describe('forest plot', () => {
  const forest = (rows: Parameters<typeof forestChart>[0]['rows']) =>
    forestChart({
      ...heading,
      measure: { name: 'gain', unit: '%' },
      statistic: 'median',
      sides: { below: 'CLASSIC is faster', above: 'FUTURE_BASED is faster' },
      rows,
    });

  test('says who is faster where, and which gain is above its bound by its lower limit', () => {
    const { table, readingSentence, altText, spec } = forest([
      { label: 'reversed', figure: interval(1, 2, 3), bound: 2.5 },
      { label: 'uniform', figure: interval(-3, -2, -1), bound: 0.5 },
      { label: 'bimodal', figure: interval(-1, 0.5, 2), bound: null },
      { label: 'planted', figure: interval(6, 7, 8), bound: 5 },
      { label: 'few', figure: fewOf(9), bound: 5 },
      { label: 'not run', figure: null },
    ]);
    expect(table.rows).toEqual([
      ['reversed', '20', '2.00', '1.00 to 3.00', '2.50'],
      ['uniform', '20', '-2.00', '-3.00 to -1.00', '0.500'],
      ['bimodal', '20', '0.500', '-1.00 to 2.00', '–'],
      ['planted', '20', '7.00', '6.00 to 8.00', '5.00'],
      ['few', '3', '9.00', 'too few (needs 6)', '5.00'],
      ['not run', '–', '–', '–', '–'],
    ]);
    expect(readingSentence).toContain(
      'FUTURE_BASED is faster in 2 of 6 rows, CLASSIC is faster in 1; elsewhere the interval holds zero',
    );
    expect(readingSentence).toContain(
      'Above its bound even by its lower limit: planted; there gain or bound is wrong.',
    );
    expect(altText).toContain('reversed: 2.00 %, bound 2.50 %');
    const drawn = JSON.stringify(spec);
    expect(drawn).toContain('5.00, exceeded');
    expect(drawn).not.toContain('2.50, exceeded');
    expect(drawn).toContain('9.00, too few for an interval');
  });

  test('says that all gains agree with their bounds where they do', () => {
    expect(forest([{ label: 'a', figure: interval(1, 2, 3), bound: 1 }]).readingSentence).toContain(
      'No lower limit exceeds its bound (1 row with both).',
    );
  });
});

describe('grouped bars', () => {
  test('figures with intervals and the spread of their values, an arm in one colour in all groups', () => {
    const request = {
      ...heading,
      measure: ms,
      statistic: 'median',
      groups: [
        {
          label: 'cold',
          bars: [{ arm: 'FUTURE_BASED', figure: fewOf(900), values: [910, 880, Number.NaN] }],
        },
        {
          label: 'warm',
          bars: [
            { arm: 'CLASSIC', figure: bootstrapInterval([1, 2, 3, 4, 5, 6], 'median', { seed: 7 }) },
            { arm: 'FUTURE_BASED', figure: 12 },
            { arm: 'STEP_FUNCTIONS', figure: null },
          ],
        },
      ],
    };
    const { table, readingSentence, spec } = groupedBarsChart(request);
    expect(table.rows.map(([group, arm, n, figure]) => [group, arm, n, figure])).toEqual([
      ['cold', 'FUTURE_BASED', '3', '900'],
      ['warm', 'FUTURE_BASED', '–', '12.0'],
      ['warm', 'CLASSIC', '6', '3.50'],
      ['warm', 'STEP_FUNCTIONS', '–', '–'],
    ]);
    expect(table.rows[0]?.slice(4)).toEqual(['too few (needs 6)', '880 to 910']);
    expect(readingSentence).toContain('1 of 4 figures have too few values for an interval');
    expect(JSON.stringify(spec)).toContain('1 value not finite or absurd, left out');
    const [cold, warm] = barGroupsOf(request).groups;
    expect(cold?.bars[0]?.look).toEqual(warm?.bars[0]?.look);
  });
});

describe('shares', () => {
  test('parts of each whole in percent, with the number that they are parts of', () => {
    const { table, readingSentence, spec } = shareBarsChart({
      ...heading,
      thing: 'run',
      parts: ['Thumbnail', 'Contour', 'unknown'],
      bars: [
        { label: 'CLASSIC', counts: [0, 19, 1] },
        { label: 'FUTURE_BASED', counts: [1] },
        { label: 'none', counts: [] },
      ],
    });
    expect(table.rows).toEqual([
      ['CLASSIC', '0 (0 %)', '19 (95.0 %)', '1 (5.00 %)', '20'],
      ['FUTURE_BASED', '1 (100 %)', '0 (0 %)', '0 (0 %)', '1'],
      ['none', '–', '–', '–', '0'],
    ]);
    expect(readingSentence).toContain(
      'CLASSIC, 20 runs: Contour 95.0 %, unknown 5.00 %; FUTURE_BASED, 1 run:',
    );
    const drawn = JSON.stringify(spec);
    expect(drawn).toContain('"text":"95.0 %"');
    // A segment of 32 pixels has no room for its share.
    expect(drawn).not.toContain('"text":"5.00 %"');
  });
});

describe('scatter plot', () => {
  test('medians by series, and how many lie above the line of equality', () => {
    const { table, readingSentence, spec } = scatterChart({
      ...heading,
      x: { name: 'bound', unit: 'ms' },
      y: { name: 'gain', unit: 'ms' },
      thing: 'pair',
      equality: 'gain = bound',
      series: [
        {
          arm: 'reversed',
          points: [
            { x: 1, y: 2 },
            { x: 3, y: 3 },
            { x: 5, y: Number.NaN },
            { x: 4, y: 1 },
          ],
        },
        { arm: 'none', points: [] },
      ],
    });
    expect(table.rows).toEqual([
      ['reversed', '3', '3.00', '2.00'],
      ['none', '0', '–', '–'],
    ]);
    expect(readingSentence).toContain('(gain = bound); 1 of 3 pairs lie above it.');
    const domains = JSON.stringify(spec).match(/"domain":\[0,4\.2\]/g);
    // Both axes of the line, of its text, and of the points.
    expect(domains).toHaveLength(6);
  });

  test('three times as many series as there are colours still differ in colour or shape', () => {
    const looks = looksOf(Array.from({ length: 21 }, (_, index) => `scenario ${index}`));
    expect(new Set(looks.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(21);
  });
});

describe('table', () => {
  test('is drawn as given, what is too much is said', () => {
    const columns = ['metric', 'CLASSIC', 'FUTURE_BASED'];
    const { table, altText, spec } = tableChart({
      ...heading,
      columns,
      rows: [['latency', '1', '2'], ...Array.from({ length: 60 }, () => ['more'])],
    });
    expect(table.columns).toEqual(columns);
    expect(table.rows).toHaveLength(60);
    expect(table.rows[1]).toEqual(['more', '', '']);
    expect(altText).toContain('latency: CLASSIC 1, FUTURE_BASED 2');
    expect(JSON.stringify(spec)).toContain('60 of 61 rows shown');
  });

  test('no cell reaches into the next column', () => {
    const anyRow = fc.array(fc.string({ maxLength: 30 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 9 }), (rows) => {
        const headings = ['a', 'b', 'c', 'd'].map((text, index) => ({
          heading: text,
          align: index % 2 === 0 ? ('left' as const) : ('right' as const),
        }));
        const { columns, widthPx } = columnsOf(headings, rows);
        columns.forEach(({ from, to }, index) => {
          expect(to).toBeGreaterThan(from);
          expect(columns[index + 1]?.from ?? widthPx).toBeGreaterThan(to);
        });
        const [first = []] = rows;
        const placed = cellTexts(first, columns, 0, 'right').map(({ x }) => x);
        expect(placed).toEqual(
          columns.flatMap(({ to, align }, index) => (align === 'right' && first[index] !== '' ? [to] : [])),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('cells from outside stay text', async () => {
    const { svg } = await renderDrawnChart(
      tableChart({ ...heading, columns: ['a'], rows: [['</svg><script>x</script>'], ['a\u202eb\n']] }),
    );
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/<script|[\p{Cc}\u202e]/u);
  });
});
