import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPath, readPath } from '../../src/expressions/json-path.ts';
import type { Json, JsonObject } from '../../src/json.ts';

const shop: JsonObject = {
  store: {
    book: [
      { category: 'reference', author: 'Rees', title: 'Sayings', price: 8.95 },
      { category: 'fiction', author: 'Waugh', title: 'Sword', price: 12.99 },
      { category: 'fiction', author: 'Melville', title: 'Moby', isbn: '0-553', price: 8.99, stock: 0 },
    ],
    bicycle: { color: 'red', price: 19.95 },
  },
  limit: 10,
  'with.dot': 1,
  "it's": 2,
  nothing: null,
};
const find = (path: string, input: Json = shop) =>
  findPath(path, { input, context: { Execution: { Name: 'run' } }, variables: { v: { w: [7] } } });
const titles = (path: string) => {
  const found = find(path);
  return Array.isArray(found) ? found.map((book: JsonObject) => book['title']) : found;
};

describe('a definite path gives its value', () => {
  test.each<[string, Json | undefined]>([
    ['$', shop],
    ['$.limit', 10],
    ['$.store.book[0].author', 'Rees'],
    ["$['store']['bicycle'][\"color\"]", 'red'],
    ['$.store.book[-1].title', 'Moby'],
    ["$['with.dot']", 1],
    ["$['it\\'s']", 2],
    ['$.nothing', null],
    ['$.store.book.length()', 3],
    ["$.store.bicycle['color','price','none']", { color: 'red', price: 19.95 }],
    ['$$.Execution.Name', 'run'],
    ['$v.w[0]', 7],
    ['$unknown', undefined],
    ['$.store.none', undefined],
    ['$.store.book[3]', undefined],
    ['$.limit.deeper', undefined],
  ])('%s', (path, value) => {
    expect(find(path)).toEqual(value);
  });
});

describe('a path to several places gives a list', () => {
  test.each<[string, Json]>([
    ['$.store.book[*].author', ['Rees', 'Waugh', 'Melville']],
    ['$..author', ['Rees', 'Waugh', 'Melville']],
    ['$.store..price', [8.95, 12.99, 8.99, 19.95]],
    ['$.store.book[0,2].title', ['Sayings', 'Moby']],
    ['$.store.book[:2].title', ['Sayings', 'Sword']],
    ['$.store.book[-2:].title', ['Sword', 'Moby']],
    ['$.store.bicycle.*', ['red', 19.95]],
    ['$.store.book[*].isbn', ['0-553']],
    ['$..none', []],
    ['$.limit[*]', []],
    ['$.none[*]', []],
    ['$.none.deeper[1:5].x', []],
    ['$.none[?(@.x)]', []],
    [
      "$.store.book[:2]['author','isbn','price']",
      [
        { author: 'Rees', price: 8.95 },
        { author: 'Waugh', price: 12.99 },
      ],
    ],
    ["$['store','limit'].bicycle.color", ['red']],
  ])('%s', (path, values) => {
    expect(find(path)).toEqual(values);
  });
});

describe('a filter keeps what it holds for', () => {
  test.each([
    ['$.store.book[?(@.price < 10)]', ['Sayings', 'Moby']],
    ['$.store.book[?(@.price < $.limit)]', ['Sayings', 'Moby']],
    ["$.store.book[?(@.category == 'fiction' && @.price > 10)]", ['Sword']],
    ["$.store.book[?(@.category == 'reference' || @.isbn)]", ['Sayings', 'Moby']],
    ['$.store.book[?(@.stock)]', ['Moby']],
    ['$.store.book[?(!(@.isbn))]', ['Sayings', 'Sword']],
    ["$.store.book[?(@.author in ['Rees','Waugh'])]", ['Sayings', 'Sword']],
    ["$.store.book[?(@.author nin ['Rees'])]", ['Sword', 'Moby']],
    ['$.store.book[?(@.none == null)]', []],
    ['$.store.book[?(@.none != 1)]', ['Sayings', 'Sword', 'Moby']],
    ["$.store.book[?(@.price == '8.95')]", ['Sayings']],
    ["$.store.book[?(@.price === '8.95')]", []],
    ["$.store.book[?(@.author > 'N')]", ['Sayings', 'Sword']],
    ['$.store.book[?(@.author > 5)]', []],
  ])('%s', (path, expected) => {
    expect(titles(path)).toEqual(expected);
  });

  test('of an object is about the object itself', () => {
    expect(find("$.store.bicycle[?(@.color == 'red')]")).toEqual([{ color: 'red', price: 19.95 }]);
  });
});

describe('a path without a value is a fault in the words of AWS', () => {
  test.each([
    ['$.NoSuch', "Invalid path '$.NoSuch' : No results for path: $['NoSuch']"],
    [
      '$.store.none.deeper',
      "Invalid path '$.store.none.deeper' : Missing property in path $['store']['none']",
    ],
    ['$.store.book[7]', "Invalid path '$.store.book[7]' : No results for path: $['store']['book'][7]"],
    ['$.limit.length()', "Invalid path '$.limit.length()' : No results for path: $['limit'].length()"],
    ["$.limit['a','b']", "Invalid path '$.limit['a','b']' : No results for path: $['limit']['a','b']"],
  ])('%s', (path, sentence) => {
    expect(() => readPath(path, { input: shop, context: {}, variables: {} })).toThrow(
      expect.objectContaining({ error: 'States.Runtime', causeText: sentence }),
    );
  });
});

describe('hostile paths and data', () => {
  test.each([
    "$.store.book[?(@.constructor.constructor('return process')())]",
    '$.store.book[(@.length-1)]',
    '$.store.book[?(@.title =~ /(a+)+$/)]',
    '$.a.min()',
    '$.a b',
    '$.',
    '$[',
    "$['open",
    'a.b',
  ])('refuses %s', (path) => {
    expect(() => find(path)).toThrow(expect.objectContaining({ error: 'States.Runtime' }));
  });

  test('refuses brackets inside each other before the stack is full', () => {
    for (const opening of ['(', '!', '@[?(']) {
      expect(() => find(`$[?(${opening.repeat(5_000)}`)).toThrow('an expression nested at most 100 deep');
    }
  });

  test.each([
    '$.__proto__',
    '$.constructor',
    '$.store.toString',
    '$v.__proto__',
    '$toString',
    '$..__proto__.x',
  ])('finds nothing of JavaScript at %s', (path) => {
    expect(find(path) ?? []).toEqual([]);
  });

  test('descends into data deeper than the stack', () => {
    const deep: Json = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(find('$..a', deep)).toHaveLength(50_000);
  });
});

test('any member of any object is found by its name in brackets', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (name, value) => {
      const input = Object.fromEntries([[name, value as Json]]);
      const quoted = name.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
      expect(find(`$['${quoted}']`, input)).toEqual(value);
    }),
  );
});
