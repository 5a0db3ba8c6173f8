import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPath } from '../../src/expressions/json-path.ts';
import { readReferencePath, writePath } from '../../src/expressions/reference-path.ts';
import type { Json } from '../../src/json.ts';

test('puts the value where the path says and makes the objects on the way', () => {
  expect(writePath({ a: 1 }, '$', 2)).toBe(2);
  expect(writePath({ a: 1 }, '$.b', 2)).toEqual({ a: 1, b: 2 });
  expect(writePath({ a: 1 }, '$.a', 2)).toEqual({ a: 2 });
  expect(writePath({}, '$.b.c.d', null)).toEqual({ b: { c: { d: null } } });
  expect(writePath({ list: [1, { x: 1 }] }, '$.list[1].y', 2)).toEqual({ list: [1, { x: 1, y: 2 }] });
  expect(writePath({}, "$['a.b']", 1)).toEqual({ 'a.b': 1 });
});

test('changes nothing in place and shares what it does not touch', () => {
  const target = Object.freeze({ kept: Object.freeze({ x: 1 }), changed: Object.freeze({ y: 1 }) });
  const written = writePath(target, '$.changed.z', 2);
  expect(target).toEqual({ kept: { x: 1 }, changed: { y: 1 } });
  expect(written).toEqual({ kept: { x: 1 }, changed: { y: 1, z: 2 } });
  expect(readPath('$.kept', { input: written, context: {}, variables: {} })).toBe(target.kept);
});

test.each<[Json, string]>([
  ['input1', '$.result'],
  [[1], '$.result'],
  [{ a: 'text' }, '$.a.b'],
  [{ a: null }, '$.a.b'],
  [{ list: [] }, '$.list[0]'],
])('a place that cannot be is a conflict: %j at %s', (target, path) => {
  expect(() => writePath(target, path, 1)).toThrow(
    expect.objectContaining({
      error: 'States.ReferencePathConflict',
      causeText: `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
    }),
  );
});

test('only the state itself can be written to', () => {
  expect(() => writePath({}, '$$.a', 1)).toThrow("begins with '$.', got $$");
  expect(() => writePath({}, '$variable', 1)).toThrow("begins with '$.', got $variable");
  expect(() => writePath({ a: [1] }, '$.a[*]', 1)).toThrow('Unable to apply ReferencePath');
});

test('reads a list of items; what is missing is a conflict at its step', () => {
  const scope = {
    input: { a: { list: [1] } },
    context: { Execution: { Input: [2] } },
    variables: { v: [3] },
  };
  expect(readReferencePath('$.a.list', scope)).toEqual([1]);
  expect(readReferencePath('$$.Execution.Input', scope)).toEqual([2]);
  expect(readReferencePath('$v', scope)).toEqual([3]);
  expect(readReferencePath('$.a[?(@.list)].list[*]', scope)).toEqual([1]);
  expect(() => readReferencePath('$.a.items', scope)).toThrow(
    expect.objectContaining({
      error: 'States.ReferencePathConflict',
      causeText: 'Unable to apply step "items" to input {"a":{"list":[1]}}',
    }),
  );
  expect(() => readReferencePath('$.a.list[4]', scope)).toThrow('No results for path');
});

const hostileName = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
);

test('what was written is read back, whatever the names, and no prototype changes', () => {
  fc.assert(
    fc.property(
      fc.array(hostileName, { maxLength: 6 }),
      fc.dictionary(fc.string(), fc.constant({})),
      fc.jsonValue(),
      (names, target, value) => {
        const path = `$${names.map((name) => `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`).join('')}`;
        const written = writePath(target, path, value as Json);
        expect(readPath(path, { input: written, context: {}, variables: {} })).toEqual(value);
        expect(Object.keys(Object.prototype)).toEqual([]);
      },
    ),
  );
});

test('a text that is no path is a fault', () => {
  expect(() => writePath({}, '$.', 1)).toThrow("Invalid path '$.' : expected a name");
});
