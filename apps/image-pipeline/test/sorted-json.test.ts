import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sortedJson } from '../src/publish/sorted-json.ts';

it('is the same text in whatever order members were set', () => {
  expect(sortedJson({ b: 1, a: [{ d: null, c: 'x' }] })).toBe(
    '{\n  "a": [\n    {\n      "c": "x",\n      "d": null\n    }\n  ],\n  "b": 1\n}\n',
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const reversed = Object.fromEntries(Object.entries(members).toReversed());
      expect(sortedJson(reversed)).toBe(sortedJson(members));
    }),
  );
});

it('says what JSON says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
