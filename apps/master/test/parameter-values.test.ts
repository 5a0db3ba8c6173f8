import { flagText } from '@skyground/experiment/command-line';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { givenParameters } from '../src/lab/parameter-flags.ts';
import { expectedWords, placeholderOf, shapesOf, valueIn } from '../src/lab/parameter-values.ts';

const parameters = z.strictObject({
  count: z.int().positive().max(9),
  share: z.number().min(0).lt(1),
  animal: z.enum(['hare', 'lame hare']),
  isFair: z.boolean(),
  name: z.string(),
  widths: z.array(z.int().min(1)),
  limit: z.int().nullable(),
  memory: z.union([z.literal('as planned'), z.number()]),
});
const shapes = shapesOf(parameters);

it.each([
  ['count', '7', 7, '<n>', 'a whole number above 0 up to 9'],
  ['count', '1e0', 1, '<n>', 'a whole number above 0 up to 9'],
  ['count', '0x10', '0x10', '<n>', 'a whole number above 0 up to 9'],
  ['count', '', '', '<n>', 'a whole number above 0 up to 9'],
  ['share', '-0.5', -0.5, '<n>', 'a number from 0 below 1'],
  ['share', 'Infinity', 'Infinity', '<n>', 'a number from 0 below 1'],
  ['animal', 'lame hare', 'lame hare', '<hare|lame hare>', 'hare or lame hare'],
  ['isFair', 'false', false, '<text>', 'true or false'],
  ['name', '12', '12', '<text>', 'text'],
  ['widths', '1, 2,4', [1, 2, 4], '<list>', 'one or more of a whole number from 1, with commas between them'],
  ['widths', '1,two', [1, 'two'], '<list>', 'one or more of a whole number from 1, with commas between them'],
  ['limit', 'none', null, '<value>', 'a whole number or none'],
  ['limit', '3', 3, '<value>', 'a whole number or none'],
  ['memory', 'as planned', 'as planned', '<value>', 'as planned or a number'],
  ['memory', '1.5', 1.5, '<value>', 'as planned or a number'],
])('%s: %j is %j', (name, text, value, placeholder, words) => {
  const shape = shapes.get(name) ?? {};
  expect(valueIn(text, shape)).toEqual(value);
  expect(placeholderOf(shape)).toBe(placeholder);
  expect(expectedWords(shape)).toBe(words);
});

it.each([
  ['limit', null],
  ['limit', -12],
  ['share', 1e-7],
  ['widths', [1, 16]],
  ['widths', []],
  ['name', ''],
  ['animal', 'lame hare'],
  ['isFair', true],
])('%s: what is shown of %j can be typed', (name, value) => {
  expect(valueIn(flagText(value), shapes.get(name) ?? {})).toEqual(value);
});

it("a condition of the experiment's own says itself what it expects, of the flag and of what came", () => {
  const size = z
    .string()
    .refine((text) => text.includes('x'), 'expected width and height')
    .default('4x3')
    .describe('size');
  const given = givenParameters({ id: 'dummy', parameters: z.strictObject({ size }) }, { size: '12' }, {});
  expect(given.problems).toEqual(['expected width and height for --size but received "12"']);
});
