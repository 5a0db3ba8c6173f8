import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choiceRuleSchema, matchesRule } from '../../src/expressions/choice-rule.ts';
import type { Json } from '../../src/json.ts';

const matches = (rule: Json, input: Json, variables = {}) =>
  matchesRule(choiceRuleSchema.parse(rule), { input, context: { Execution: { Name: 'run' } }, variables });
const compares = (operator: string, operand: Json, value: Json) =>
  matches({ Variable: '$.v', [operator]: operand }, { v: value });

describe('comparisons', () => {
  test.each<[string, Json, Json, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringLessThan', 'b', 'a', true],
    ['StringGreaterThan', 'a', 'B', false],
    ['StringLessThanEquals', 'a', 'a', true],
    ['StringGreaterThanEquals', 'a', 'A', false],
    ['NumericEquals', 1, 1.0, true],
    ['NumericEquals', 0, false, false],
    ['NumericLessThan', 2, '1', false],
    ['NumericGreaterThanEquals', 2, 2, true],
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', false, null, false],
    ['TimestampEquals', '2016-08-18T17:33:00Z', '2016-08-18T18:33:00+01:00', true],
    ['TimestampLessThan', '2016-08-18T17:33:00.100Z', '2016-08-18T17:33:00Z', true],
    ['TimestampGreaterThan', '2016-08-18T17:33:00.000000001Z', '2016-08-18T17:33:00.000000002Z', false],
    ['TimestampGreaterThan', '2016-08-18T17:33:00Z', 'later', false],
    ['IsNull', true, null, true],
    ['IsNumeric', false, '1', true],
    ['IsString', true, 'x', true],
    ['IsBoolean', true, 0, false],
    ['IsTimestamp', true, '2012-10-09T19:00:55Z', true],
    ['IsTimestamp', true, '2012-10-09T19:00:55.123456+01:00', true],
    ['IsTimestamp', true, '2012-10-09T19:00:55', false],
    ['IsTimestamp', true, '2012-10-09', false],
    ['IsTimestamp', true, '2012-10-09 19:00:55Z', false],
    ['IsTimestamp', true, '2012-02-30T19:00:55Z', false],
    ['IsTimestamp', true, '2012-10-09T25:00:55Z', false],
    ['IsTimestamp', true, 0, false],
  ])('%s %j of %j is %s', (operator, operand, value, result) => {
    expect(compares(operator, operand, value)).toBe(result);
  });

  test('the other side may be a path, into input, context object or a variable', () => {
    expect(matches({ Variable: '$.v', NumericLessThanPath: '$.w' }, { v: 1, w: 2 })).toBe(true);
    expect(
      matches({ Variable: '$guess', StringEqualsPath: '$answer' }, {}, { guess: 'a', answer: 'a' }),
    ).toBe(true);
    expect(matches({ Variable: '$.v', StringEqualsPath: '$$.Execution.Name' }, { v: 'run' })).toBe(true);
    expect(matches({ Variable: '$.v', NumericEqualsPath: '$.w' }, { v: 1, w: '1' })).toBe(false);
  });
});

describe('And, Or, Not', () => {
  const isBig = { Variable: '$.v', NumericGreaterThan: 10 };
  const isEven = { Variable: '$.even', BooleanEquals: true };
  test.each<[Json, boolean]>([
    [{ And: [isBig, isEven] }, false],
    [{ Or: [isBig, isEven] }, true],
    [{ Not: isEven }, true],
    [{ Not: { And: [{ Not: isBig }, { Or: [isEven] }] } }, true],
  ])('%j', (rule, result) => {
    expect(matches(rule, { v: 11, even: false })).toBe(result);
  });
});

describe('a value that is missing', () => {
  const fault = (path: string) =>
    expect.objectContaining({
      error: 'States.Runtime',
      causeText: `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    });

  test('is a fault of the Variable and of the path on the other side', () => {
    expect(() => matches({ Variable: '$.x', NumericEquals: 1 }, {})).toThrow(fault('$.x'));
    expect(() => matches({ Variable: '$.x', IsNull: true }, {})).toThrow(fault('$.x'));
    expect(() => matches({ Variable: '$.v', StringEqualsPath: '$.y' }, { v: 'a' })).toThrow(fault('$.y'));
  });

  test('is what IsPresent asks for, and what And and Or need not look at', () => {
    expect(matches({ Variable: '$.x', IsPresent: false }, {})).toBe(true);
    expect(matches({ Variable: '$.x', IsPresent: true }, { x: null })).toBe(true);
    const guarded = [
      { Variable: '$.x', IsPresent: true },
      { Variable: '$.x', NumericEquals: 1 },
    ];
    expect(matches({ And: guarded }, {})).toBe(false);
  });
});

describe('StringMatches', () => {
  test.each<[string, string, boolean]>([
    ['*.log', 'zebra.log', true],
    ['foo*.log', 'foo23.log', true],
    ['foo*.*', 'foobar.zebra', true],
    ['foo*.log', 'bar.log', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\*', 'a\\x', true],
    ['', '', true],
    ['*', '', true],
    ['**a', 'bca', true],
    ['.', 'x', false],
  ])('%j of %j is %s', (pattern, text, result) => {
    expect(compares('StringMatches', pattern, text)).toBe(result);
  });

  test('agrees with a regular expression made of the pattern', () => {
    const letters = (...units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 12 });
    fc.assert(
      fc.property(letters('a', 'b', '*'), letters('a', 'b'), (pattern, text) => {
        expect(compares('StringMatches', pattern, text)).toBe(
          new RegExp(`^${pattern.replaceAll(/\*+/gu, '.*')}$`, 'u').test(text),
        );
      }),
    );
  });

  test('a pattern of stars is not tried in every way', () => {
    expect(compares('StringMatches', `${'a*'.repeat(1_000)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('a definition is refused that has', () => {
  const isPresent = { Variable: '$.v', IsPresent: true };
  test.each<[string, Json]>([
    ['no operator', { Variable: '$.v' }],
    ['two operators', { Variable: '$.v', IsNull: true, IsPresent: true }],
    ['an unknown operator', { Variable: '$.v', StringContains: 'a' }],
    ['an operand of another type', { Variable: '$.v', NumericEquals: '1' }],
    ['a timestamp that is none', { Variable: '$.v', TimestampEquals: 'now' }],
    ['a pattern from a path', { Variable: '$.v', StringMatchesPath: '$.w' }],
    ['no Variable', { IsNull: true }],
    ['an empty And', { And: [] }],
    ['Not of a list', { Not: [] }],
    ['And next to Or', { And: [isPresent], Or: [isPresent] }],
    ['And next to a comparison', { And: [isPresent], ...isPresent }],
    ['a part that is no rule', { And: [isPresent, { Or: [{ Not: 'x' }] }] }],
    ['a name of a prototype', { Variable: '$.v', constructor: 'x' }],
  ])('%s', (_what, rule) => {
    expect(choiceRuleSchema.safeParse(rule).success).toBe(false);
  });

  test('Not inside Not a hundred times and more, and says so', () => {
    const nested = (depth: number): Json => (depth === 0 ? isPresent : { Not: nested(depth - 1) });
    expect(choiceRuleSchema.safeParse(nested(100)).success).toBe(true);
    expect(() => choiceRuleSchema.parse(nested(101))).toThrow('at most 100 deep');
  });

  test('an operator with a wrong value, and says what came', () => {
    expect(() => choiceRuleSchema.parse({ Variable: '$.v', NumericEquals: '1' })).toThrow(
      /got .*NumericEquals/,
    );
  });
});
