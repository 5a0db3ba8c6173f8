import { describe, expect, test } from 'vitest';
import { QueryEvaluationFault } from '../../src/errors.ts';
import { evaluateTemplate, isExpression } from '../../src/expressions/jsonata.ts';
import type { Json } from '../../src/json.ts';

const randomness = { random: () => 0.5, uuid: () => '7f0c1d1e-0000-4000-8000-000000000000' };
const input = { name: 'Ada', list: [1, 2, 3], one: [{ x: 1 }], empty: [] };
const evaluate = async (template: Json, location = 'Output') =>
  evaluateTemplate(
    template,
    location,
    {
      states: { input, context: { State: { Name: 'S' } } },
      variables: { answer: 42 },
      nowMs: Date.UTC(2026, 1, 3),
    },
    randomness,
  );
const causeOf = async (template: Json, location?: string) => {
  const fault: unknown = await evaluate(template, location).catch((error: unknown) => error);
  if (!(fault instanceof QueryEvaluationFault)) throw new Error('expected a fault', { cause: fault });
  return { location: fault.location, cause: fault.causeText };
};

test('an expression reaches from {% to %}, everything else is a literal', async () => {
  expect(['{% 1 %}', '{%%}', ' {% 1 %}', '{% 1 %} ', '{%}', 'text'].map(isExpression)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  const literal = [null, 0.1, true, '$states.input', ' {% $states.input %} ', { 'a.$': '$.b' }];
  expect(await evaluate(literal)).toEqual(literal);
});

test('expressions are replaced at any depth and see $states and the variables', async () => {
  expect(
    await evaluate({
      greeting: "{% 'Hello ' & $states.input.name %}",
      nested: [{ answer: '{% $answer %}' }, '{% $states.context.State.Name %}'],
      list: '{% $states.input.list %}',
    }),
  ).toEqual({ greeting: 'Hello Ada', nested: [{ answer: 42 }, 'S'], list: [1, 2, 3] });
});

describe('values are plain JSON', () => {
  test.each<[string, Json]>([
    ['$states.input.list[$ > 1]', [2, 3]],
    ['$states.input.one.x', 1],
    ['$states.input.empty', []],
    ['{"a": $nothing, "b": [1, $nothing]}', { b: [1] }],
    ['$map([1, 2], function($n) { $n * 2 })', [2, 4]],
    ['null', null],
  ])('%s', async (expression, value) => {
    const result = await evaluate(`{% ${expression} %}`);
    expect(result).toStrictEqual(value);
    if (Array.isArray(result)) expect(Object.getOwnPropertyNames(result)).toHaveLength(result.length + 1);
  });

  test('input that is handed on is not copied', async () => {
    expect(await evaluate('{% $states.input %}')).toBe(input);
  });
});

describe("Step Functions' own functions", () => {
  test.each<[string, Json]>([
    ['$partition([1,2,3,4], 3)', [[1, 2, 3], [4]]],
    ['$partition(7, 1)', [[7]]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(1, 9, 9)', 1],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['$random()', 0.5],
    // java.util.Random's first double for 42.
    ['$random(42)', 0.7275636800328681],
    ['$uuid()', '7f0c1d1e-0000-4000-8000-000000000000'],
    ['$parse(\'[1, 2, "HelloWorld"]\')', [1, 2, 'HelloWorld']],
  ])('%s', async (expression, value) => {
    expect(await evaluate(`{% ${expression} %}`)).toStrictEqual(value);
  });

  test.each([
    ["$hash('x', 'sha')", 'T0410: Argument 2 of function "hash" does not match function signature'],
    ['$range(1, 3, 0)', 'T0410: Argument 3 of function "range" does not match function signature'],
    ['$range(1, 5000, 1)', 'T0410: Argument 3 of function "range" does not match function signature'],
    ['$partition([1], 0)', 'T0410: Argument 2 of function "partition" does not match function signature'],
    ["$parse('{')", 'T0410: Argument 1 of function "parse" does not match function signature'],
    ["$eval('1')", 'T1006: Attempted to invoke a non-function'],
    ['$randomSeeded(1)', 'T1006: Attempted to invoke a non-function'],
  ])('%s is an error', async (expression, message) => {
    expect(await causeOf(`{% ${expression} %}`)).toEqual({
      location: 'Output',
      cause: `The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation. ${message}`,
    });
  });
});

test.each<[string, Json]>([
  ['$now()', '2026-02-03T00:00:00.000Z'],
  ["$now('[Y]-[M01] [H01]:[m01] [z]', '+0200')", '2026-02 02:00 GMT+02:00'],
  ['$millis()', Date.UTC(2026, 1, 3)],
  ['$toMillis($now()) = $millis()', true],
])("the clock is the execution's: %s", async (expression, value) => {
  expect(await evaluate(`{% ${expression} %}`)).toBe(value);
});

test.each<[string, Json]>([
  ['$match("ab12", /[a-z]([a-z])/)', { match: 'ab', index: 0, groups: ['b'] }],
  ['$replace("a1b22", /\\d+/, "#")', 'a#b#'],
  ['$split("a, b;c", /[,;] ?/)', ['a', 'b', 'c']],
  ['$contains("ABC", /b/i)', true],
])('regular expressions: %s', async (expression, value) => {
  expect(await evaluate(`{% ${expression} %}`)).toEqual(value);
});

describe('faults say where, what and why in the words of AWS', () => {
  test('nothing found', async () => {
    expect(await causeOf({ result: '{% $doesNotExist %}' })).toEqual({
      location: 'Output/result',
      cause:
        "The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    });
  });

  test('the place inside lists and objects', async () => {
    const { location } = await causeOf({ list: [1, { x: '{% $no %}' }] }, 'Arguments');
    expect(location).toBe('Arguments/list[1]/x');
  });

  test.each(['$fn := function($x){$x}', '/a+/', '{"f": function() {1}}', '[$sum]'])(
    '%s is no JSON',
    async (expression) => {
      expect(await causeOf(`{% ${expression} %}`, 'Items')).toEqual({
        location: 'Items',
        cause: `The JSONata expression '${expression}' specified for the field 'Items' returned an unsupported result type.`,
      });
    },
  );
});

describe('hostile expressions', () => {
  test.each([
    ['($f := function($x){1 + $f($x)}; $f(1))', 'D1011'],
    ['[1..20000000]', 'D2014'],
    ['[1..9000000]', 'D2015'],
    ["$match($pad('', 40, 'a') & '!', /^(a+)+$/)", 'D1012'],
  ])('%s is stopped', async (expression, code) => {
    expect((await causeOf(`{% ${expression} %}`)).cause).toContain(
      `threw an error during evaluation. ${code}`,
    );
  });

  test.each([
    '$states.input.constructor',
    '$states.input.__proto__',
    '$string.implementation',
    "$lookup({}, 'toString')",
  ])('%s finds nothing of JavaScript', async (expression) => {
    expect((await causeOf(`{% ${expression} %}`)).cause).toContain('returned nothing');
  });

  test('brackets inside each other are stopped', async () => {
    const { cause } = await causeOf(`{% ${'('.repeat(100_000)}1 %}`);
    expect(cause).toContain('threw an error during evaluation. D1011');
  });

  test('no prototype is changed', async () => {
    await evaluate("{% $merge([{'__proto__': {'polluted': 1}}]) ~> |$|{'constructor': 1}| %}");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('an expression cannot change what it is given', async () => {
    const before = JSON.stringify(input);
    await evaluate("{% $states.input ~> |$|{'name': 'changed'}, ['list']| %}");
    expect(JSON.stringify(input)).toBe(before);
  });
});
