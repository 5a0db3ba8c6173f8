import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callIntrinsic } from '../../src/expressions/intrinsics/call-intrinsic.ts';
import type { Json } from '../../src/json.ts';

const randomness = { random: () => 0.999999, uuid: () => '7f0c1d1e-0000-4000-8000-000000000000' };
const call = (text: string, input: Json = {}) =>
  callIntrinsic(
    text,
    { input, context: { Execution: { Name: 'run-1' } }, variables: { v: [1, 2] } },
    randomness,
  );

describe('gives what the specification, the documentation and Step Functions give', () => {
  test.each<[string, Json, Json]>([
    ["States.Format('Hello, my name is {}.', $.name)", { name: 'Arnav' }, 'Hello, my name is Arnav.'],
    ['States.Format($.template, $.name)', { template: 'Hello {}', name: 'Ada' }, 'Hello Ada'],
    ["States.Format('{} {} {} {}', $.a, 2.5, true, null)", { a: [1, 'x'] }, '[1,"x"] 2.5 true null'],
    ["States.Format('\\{\\} it\\'s {} \\\\', 1)", {}, "{} it's 1 \\"],
    ["States.Format('{}', $$.Execution.Name)", {}, 'run-1'],
    ['States.StringToJson($.s)', { s: '{"number":20}' }, { number: 20 }],
    ['States.StringToJson($.s)', { s: ' ' }, null],
    [
      'States.JsonToString($.j)',
      { j: { name: 'Foo', year: [2020, null] } },
      '{"name":"Foo","year":[2020,null]}',
    ],
    ['States.Array($.Id, 1, States.Array())', { Id: 123456 }, [123456, 1, []]],
    [
      'States.ArrayPartition($.inputArray, 4)',
      { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      [[1, 2, 3, 4], [5, 6, 7, 8], [9]],
    ],
    ['States.ArrayContains($.inputArray, $.lookingFor)', { inputArray: [1, 2, 3], lookingFor: 2 }, true],
    ['States.ArrayContains($.a, $.b)', { a: [{ x: 1, y: [] }], b: { y: [], x: 1 } }, true],
    ['States.ArrayContains($.a, 1)', { a: ['1', true] }, false],
    ['States.ArrayRange(1, 9, 2)', {}, [1, 3, 5, 7, 9]],
    ['States.ArrayRange(5, 1, -2)', {}, [5, 3, 1]],
    ['States.ArrayRange(5, 1, 1)', {}, []],
    ['States.ArrayRange(5.4, -0.6, -2.4)', {}, [5, 3, 1]],
    ['States.ArrayGetItem($.inputArray, 5)', { inputArray: [1, 2, 3, 4, 5, 6] }, 6],
    ['States.ArrayGetItem($.inputArray, 999)', { inputArray: [] }, null],
    ['States.ArrayLength($v)', {}, 2],
    ['States.ArrayUnique($.a)', { a: [1, 2, 3, 3, 3, 4, '1', 1.0] }, [1, '1', 2, 3, 4]],
    [
      'States.ArrayUnique($.a)',
      {
        a: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      [{ a: 1, b: 2 }],
    ],
    [
      'States.ArrayUnique($.a)',
      {
        a: [
          [1, 2],
          [1, 2],
          [2, 1],
        ],
      },
      [
        [2, 1],
        [1, 2],
      ],
    ],
    ['States.ArrayUnique($.a)', { a: [true, false, true] }, [false, true]],
    ['States.Base64Encode($.input)', { input: 'Data to encode' }, 'RGF0YSB0byBlbmNvZGU='],
    ['States.Base64Decode($.base64)', { base64: 'RGF0YSB0byBlbmNvZGU=' }, 'Data to encode'],
    ["States.Hash('hello', 'MD5')", {}, '5d41402abc4b2a76b9719d911017c592'],
    ["States.Hash('input data', 'SHA-1')", {}, 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    [
      "States.Hash('input data', 'SHA-256')",
      {},
      'b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3',
    ],
    [
      "States.Hash('hello', 'SHA-384')",
      {},
      '59e1748777448c69de6b800d7a33bbfb9ff1b463e44354c3553bcdb9c666fa90125a3c79f90397bdf5f6a13de828684f',
    ],
    [
      "States.Hash('hello', 'SHA-512')",
      {},
      '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
    ],
    [
      'States.JsonMerge($.a, $.b, false)',
      { a: { x: { y: 1 }, z: 1 }, b: { x: { w: 2 } } },
      { x: { w: 2 }, z: 1 },
    ],
    ['States.MathRandom(1, 999)', {}, 998],
    // java.util.Random's first int of 42 is -1170105035: its upper 31 bits are 1562431130.
    ['States.MathRandom(0, 100, 42)', {}, 30],
    ['States.MathAdd($.value1, $.step)', { value1: 111, step: -1 }, 110],
    ['States.MathAdd(-3.5, 0)', {}, -3],
    ['States.MathAdd(1.49, 1.5)', {}, 3],
    ['States.MathAdd(-0.5, 0)', {}, 0],
    [
      'States.StringSplit($.s, $.d)',
      { s: 'This.is+a,test=string', d: '.+,=' },
      ['This', 'is', 'a', 'test', 'string'],
    ],
    ["States.StringSplit(',a,,b,', ',')", {}, ['a', 'b']],
    ["States.StringSplit('abc', '')", {}, ['abc']],
    ['States.UUID()', {}, '7f0c1d1e-0000-4000-8000-000000000000'],
    ["States.MathAdd(States.ArrayLength(States.StringSplit('a-b', '-')), -1)", {}, 1],
  ])('%s of %j', (text, input, value) => {
    expect(call(text, input)).toEqual(value);
  });

  test('the members of a merge are in the order that Step Functions was seen to give', () => {
    const merged = call('States.JsonMerge($.a, $.b, false)', {
      a: { constant_in_literal: 1 },
      b: { constant_input_field: 2 },
    });
    expect(Object.keys(merged ?? {})).toEqual(['constant_input_field', 'constant_in_literal']);
  });
});

describe('refuses what does not fit, naming the whole expression', () => {
  test.each<[string, string]>([
    ["States.MathAdd('1', 1)", 'Invalid arguments in States.MathAdd'],
    ['States.MathAdd(2147483647, 1)', 'Invalid arguments in States.MathAdd'],
    ['States.MathAdd(1)', 'Invalid arguments in States.MathAdd'],
    ['States.ArrayRange(1, 10, 0)', 'Invalid arguments in States.ArrayRange'],
    ['States.ArrayRange(1, 1001, 1)', 'Invalid arguments in States.ArrayRange'],
    ['States.ArrayRange(-2147483648, 2147483647, 1)', 'Invalid arguments in States.ArrayRange'],
    ['States.ArrayPartition($v, 0)', 'Invalid arguments in States.ArrayPartition'],
    ['States.ArrayGetItem($v, 2)', 'Invalid arguments in States.ArrayGetItem'],
    ['States.ArrayGetItem($v, -1)', 'Invalid arguments in States.ArrayGetItem'],
    ["States.Hash('x', 'sha-256')", 'Invalid arguments in States.Hash'],
    ["States.StringToJson('\\{bad')", 'Invalid arguments in States.StringToJson'],
    ['States.JsonMerge($, $, true)', 'Invalid arguments in States.JsonMerge'],
    ['States.MathRandom(1, 1)', 'Invalid arguments in States.MathRandom'],
    [
      "States.Format('{} {}', 1)",
      'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.',
    ],
    ["States.Format('{', 1)", "Invalid template in States.Format: matching '}' not found for '{'."],
    [
      "States.Format('{}', States.Format('{}', $.nope))",
      "The JsonPath argument for the field '$.nope' could not be found in the input '{}'",
    ],
  ])('%s', (text, sentence) => {
    expect(() => call(text)).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        causeText: `The function '${text}' had the following error: ${sentence}`,
      }),
    );
  });

  test.each([
    'States.Nope()',
    'States.constructor()',
    "States.Format('a'",
    "States.Format('a) ",
    "States.Format('\\n')",
    'States.Array(1,)',
    'States.Array(1) x',
  ])('%s', (text) => {
    expect(() => call(text)).toThrow(expect.objectContaining({ error: 'States.Runtime' }));
  });

  test('ten calls may stand inside each other, one more may not', () => {
    const nested = (depth: number) => `${'States.Array('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(JSON.stringify(call(nested(10)))).toBe('[[[[[[[[[[1]]]]]]]]]]');
    expect(() => call(nested(11))).toThrow('at most 10 calls inside each other');
    expect(() => call(nested(100_000))).toThrow('at most 10 calls inside each other');
  });

  test('ten thousand characters may be hashed and encoded, one more may not', () => {
    expect(call("States.Hash($, 'SHA-256')", 'a'.repeat(10_000))).toHaveLength(64);
    expect(() => call("States.Hash($, 'SHA-256')", 'a'.repeat(10_001))).toThrow('Invalid arguments');
    expect(() => call('States.Base64Encode($)', 'a'.repeat(10_001))).toThrow('Invalid arguments');
  });

  test('data nested deeper than the stack is a fault of the data', () => {
    const deep: Json = JSON.parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`);
    expect(() => call('States.ArrayUnique($)', deep)).toThrow(
      expect.objectContaining({ error: 'States.Runtime' }),
    );
    expect(call('States.ArrayContains(States.Array($), $)', deep)).toBe(true);
  });
});

describe('whatever the data', () => {
  test('text comes back from Base64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(call('States.Base64Decode(States.Base64Encode($))', text)).toBe(text);
      }),
    );
  });

  test('the parts of a list make the list again and are as long as asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (list, size) => {
        const parts = call('States.ArrayPartition($.list, $.size)', {
          list,
          size,
        }) as readonly (readonly number[])[];
        expect(parts.flat()).toEqual(list);
        expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
      }),
    );
  });

  test('JSON comes back from its text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // The text of minus zero is 0.
        const written: unknown = JSON.parse(JSON.stringify(value));
        expect(call('States.StringToJson(States.JsonToString($))', value as Json)).toEqual(written);
      }),
    );
  });

  test('unique items contain all items, each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ max: 5, min: 0 }), fc.boolean(), fc.constant(null))),
        (list) => {
          expect(new Set(call('States.ArrayUnique($)', list) as Json[])).toEqual(new Set(list));
          expect(call('States.ArrayLength(States.ArrayUnique($))', list)).toBe(new Set(list).size);
        },
      ),
    );
  });

  test('a seed gives one number of the interval, always the same', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer(),
        (start, width, seed) => {
          fc.pre(start + width < 2 ** 31);
          const input = { start, end: start + width, seed };
          const number = call('States.MathRandom($.start, $.end, $.seed)', input) as number;
          expect(number).toBeGreaterThanOrEqual(start);
          expect(number).toBeLessThan(start + width);
          expect(call('States.MathRandom($.start, $.end, $.seed)', input)).toBe(number);
        },
      ),
    );
  });
});
