import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyTemplate } from '../../src/expressions/payload-template.ts';
import type { Json } from '../../src/json.ts';

const randomness = { random: () => 0.5, uuid: () => '7f0c1d1e-0000-4000-8000-000000000000' };
const apply = (template: Json, input: Json = {}) =>
  applyTemplate(
    template,
    {
      input,
      context: { Execution: { Input: { x: 1 } }, State: { RetryCount: 0 } },
      variables: { answer: 42 },
    },
    randomness,
  );

test('members that end in .$ are replaced at any depth, everything else stays', () => {
  const template = {
    constant: '$.a',
    'path.$': '$.a',
    nested: [{ 'context.$': '$$.Execution.Input', flag: true }, '$.a', ['$.a']],
    'variable.$': '$answer',
    'call.$': "States.Format('{}!', $.a)",
  };
  expect(apply(template, { a: 'A' })).toEqual({
    constant: '$.a',
    path: 'A',
    nested: [{ context: { x: 1 }, flag: true }, '$.a', ['$.a']],
    variable: 42,
    call: 'A!',
  });
});

test('constant members come first, dynamic ones in the order that Step Functions was seen to give', () => {
  const template = {
    'original_input.$': '$',
    'iteration_input_value.$': '$.v',
    'iteration_index.$': '$.i',
    'from_input_constant.$': '$.c',
    constant_value: 'HelloWorld',
  };
  expect(Object.keys(apply(template, { v: 1, i: 0, c: 2 }) ?? {})).toEqual([
    'constant_value',
    'iteration_input_value',
    'from_input_constant',
    'iteration_index',
    'original_input',
  ]);
});

test('a path without a value is a fault that names path, field and input', () => {
  expect(() => apply({ 'value.$': '$$.Execution.Input.no_such_jsonpath' }, { 'int-literal': 0 })).toThrow(
    expect.objectContaining({
      error: 'States.Runtime',
      causeText:
        "The JSONPath '$$.Execution.Input.no_such_jsonpath' specified for the field 'value.$' could not be found in the input '{\"int-literal\":0}'",
    }),
  );
});

test('past the end of a list is null, a list without matches is empty', () => {
  expect(apply({ 'a.$': '$.list[5]', 'b.$': '$.list[?(@ > 9)]' }, { list: [1] })).toEqual({ a: null, b: [] });
});

test('a value that is neither path nor call is refused', () => {
  expect(() => apply({ 'a.$': 1 })).toThrow("The value for the field 'a.$' must be a valid JSONPath");
  expect(() => apply({ 'a.$': 'text' })).toThrow("Invalid path 'text'");
});

test('a template without .$ is the identity', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes('.$"'));
      expect(JSON.stringify(apply(value as Json))).toBe(JSON.stringify(value));
    }),
  );
});

test('hostile names are data and hostile depth is a fault', () => {
  const template: Json = JSON.parse('{"__proto__.$":"$.a","constructor":{"__proto__":{"x":1}}}');
  expect(JSON.stringify(apply(template, { a: 1 }))).toBe(
    '{"constructor":{"__proto__":{"x":1}},"__proto__":1}',
  );
  const deep: Json = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(() => apply(deep)).toThrow('nested at most 1000 levels deep');
});
