import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { lineText, terminalBars, terminalBoxPlots, terminalCharts, terminalRun } from '../src/index.ts';
import { anyInput } from './inputs.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const anyOptions = fc.record({ width: fc.integer({ min: 20, max: 250 }), ascii: fc.boolean() });
const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });

test('no line is wider than asked, whatever is drawn', () => {
  fc.assert(
    fc.property(anyInput, anyOptions, (input, options) => {
      for (const line of terminalCharts(input, options)) {
        expect(stringWidth(lineText(line))).toBeLessThanOrEqual(options.width);
      }
    }),
    { numRuns: 60 },
  );
  const anyGroup = fc.record({
    label: anyText,
    role: fc.constant('cloud' as const),
    values: fc.array(fc.double()),
  });
  fc.assert(
    fc.property(fc.array(anyGroup, { maxLength: 4 }), anyText, anyOptions, (groups, unit, options) => {
      const bars = groups.map(({ label, role, values }) => ({
        label,
        role,
        value: values[0] ?? 0,
        text: unit,
      }));
      const run = terminalRun({ arms: groups, unit }, options);
      for (const line of [
        ...terminalBoxPlots(groups, unit, options),
        ...terminalBars(bars, options),
        ...run,
      ]) {
        expect(stringWidth(lineText(line))).toBeLessThanOrEqual(options.width);
      }
    }),
  );
});

test('with ascii, only ASCII is drawn', () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: 20, max: 120 }), (input, width) => {
      for (const line of terminalCharts(input, { width, ascii: true }))
        expect(lineText(line)).toMatch(/^[ -~]*$/);
    }),
    { numRuns: 40 },
  );
});

test('bars share one scale from zero, in eighths of a column', () => {
  const lines = terminalBars(
    [
      { label: 'a', role: 'onPrem', value: 8, text: '8 ms' },
      { label: 'b', role: 'cloud', value: 4.5, text: '5 ms' },
      { label: 'c', role: 'cloud', value: 0, text: '0 ms' },
    ],
    { width: 20 },
  );
  expect(lines.map(lineText)).toEqual(['a  ████████████ 8 ms', 'b  ██████▊ 5 ms', 'c   0 ms']);
});

test('a box stands where its quartiles are', () => {
  const lines = terminalBoxPlots([{ label: 'x', role: 'cloud', values: [0, 10, 20, 30, 40] }], 'ms', {
    width: 44,
  });
  expect(lines.map(lineText)).toEqual(
    [
      '             ┌─────────┬─────────┐',
      'x  ├─────────┤         │         ├─────────┤',
      '             └─────────┴─────────┘',
      '   0 ms ────────────────────────── 40.0 ms',
    ].map((line, index) => (index === 3 ? lineText(lines[3] ?? []) : line)),
  );
  expect(lineText(lines[3] ?? [])).toMatch(/^ {3}0 ms ─+ 40\.0 ms$/);
});

test('the two sides carry roles, so that the caller can colour them', () => {
  const roles = terminalCharts(inputOf(syntheticRun({ images: 6 })), { width: 80 }).flatMap((line) =>
    line.map(({ role }) => role),
  );
  expect(new Set(roles)).toEqual(new Set(['label', 'space', 'onPrem', 'cloud', 'value', 'axis']));
});

test('a terminal that reports no width gets the narrowest chart', () => {
  for (const width of [0, -5, Number.NaN]) {
    for (const line of terminalCharts(inputOf(syntheticRun({ images: 6 })), { width })) {
      expect(stringWidth(lineText(line))).toBeLessThanOrEqual(20);
    }
  }
});

test('a run shows the median of each arm with its n, and that there is none', () => {
  const arms = [
    { label: 'CLASSIC', values: [10, 20, 30] },
    { label: 'FUTURE', values: [40, Number.NaN, 60] },
    { label: 'EMPTY', values: [] },
  ];
  const lines = terminalRun({ arms, unit: 'ms' }, { width: 60 });
  expect(lines.slice(0, 4).map((line) => lineText(line).replaceAll(/[█▏▎▍▌▋▊▉]+/g, '#'))).toEqual([
    'median',
    'CLASSIC  # 20.0 ms (n = 3)',
    'FUTURE   # 50.0 ms (n = 2)',
    'EMPTY     no data',
  ]);
});
