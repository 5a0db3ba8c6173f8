import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Position, parsePosition, positionSchema, positionText } from '../../src/index.ts';

const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '/',
    ':',
    '#',
    '%',
    '%002f',
    'a/0/b',
    'a:1',
    '__proto__',
    '\ud800',
    '\u2028',
    '\n',
    '0',
  ),
);
const stateStep = fc.oneof(name, fc.record({ state: name, attempt: fc.integer({ min: 1, max: 1e6 }) }));
const position: fc.Arbitrary<Position> = fc
  .tuple(stateStep, fc.array(fc.tuple(fc.nat(), stateStep), { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest.flat()]);

describe('the text of a position', () => {
  test('is read back, is another for each position, and is fit for a key', () => {
    fc.assert(
      fc.property(position, position, (one, other) => {
        const text = positionText(one);
        expect(parsePosition(text)).toEqual(one);
        expect(positionSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
        expect(text).not.toMatch(/[#\p{Cc}\p{Cs}]/u);
        if (positionText(other) === text) expect(other).toEqual(one);
      }),
    );
  });

  test.each<[Position, string]>([
    [['Load'], 'Load'],
    [['Fan', 0, 'Thumbnail'], 'Fan/0/Thumbnail'],
    [[{ state: 'Fan', attempt: 2 }, 10, 'Each', 3, 'a/b:c#1'], 'Fan:2/10/Each/3/a%002fb%003ac%00231'],
  ])('of %j is %s', (given, text) => {
    expect(positionText(given)).toBe(text);
  });

  test.each([
    'Fan/0',
    'Fan/x/A',
    'Fan/-1/A',
    'Fan/00/A',
    'Fan/1e3/A',
    'Fan:0',
    'Fan:01',
    'Fan:1:2',
    'a%2f',
    'a%002F',
    'a#b',
    'Fan//A',
  ])('%s is none', (text) => {
    expect(parsePosition(text)).toBeUndefined();
  });
});

test.each([
  [[]],
  [[0]],
  [['Fan', 0]],
  [['Fan', 'A', 'B']],
  [['Fan', 0.5, 'A']],
  [[{ state: 'A', attempt: 0 }]],
  ['Fan'],
])('%j is no position', (given) => {
  expect(positionSchema.safeParse(given).success).toBe(false);
});
