import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_BODY_BYTES, readRows } from '../src/functions/read-rows.ts';

const eventOf = (content: unknown) => ({ body: JSON.stringify(content) });
const row = [5.1, 3.5, 1.4, 0.2];

const REFUSED: readonly (readonly [event: unknown, reason: string | RegExp])[] = [
  [undefined, 'body: expected JSON text such as {"values":[[5.1,3.5,1.4,0.2]]}, received nothing.'],
  [{ body: null }, 'body: expected JSON text such as {"values":[[5.1,3.5,1.4,0.2]]}, received null.'],
  [{ body: '' }, /^body: expected JSON text .*, received nothing\.$/],
  [{ body: { values: [row] } }, /^body: expected JSON text .*, received an object\.$/],
  [{ body: '{"values":[[NaN,1,1,1]]}' }, /^body: expected JSON such as .*, but Unexpected token 'N'/],
  [{ body: 'x'.repeat(MAX_BODY_BYTES + 1) }, 'body: expected at most 262144 bytes, received 262145.'],
  [eventOf([row]), /^body: expected an object such as .*, received an array of 1\.$/],
  [eventOf(null), /^body: expected an object such as .*, received null\.$/],
  [eventOf({ values: [row], value: 1 }), 'body: expected values and nothing else, received "value".'],
  [eventOf({}), /^values: expected rows such as .*, received nothing\.$/],
  [eventOf({ values: 'abc' }), /^values: expected rows such as .*, received "abc"\.$/],
  [eventOf({ values: [] }), 'values: expected 1 to 1000 rows, received 0.'],
  [eventOf({ values: Array(1001).fill(row) }), 'values: expected 1 to 1000 rows, received 1001.'],
  [eventOf({ values: row }), 'values[0]: expected a row of 4 numbers, received 5.1.'],
  [eventOf({ values: [row, [1, 2, 3]] }), 'values[1]: expected a row of 4 numbers, received an array of 3.'],
  [eventOf({ values: [[1, 2, 3, 4, 5]] }), 'values[0]: expected a row of 4 numbers, received an array of 5.'],
  [eventOf({ values: [[1, 2, 3, '4']] }), 'values[0][3]: expected a finite number, received "4".'],
  [eventOf({ values: [[1, Number.NaN, 3, 4]] }), 'values[0][1]: expected a finite number, received null.'],
  [{ body: '{"values":[[1,2,-1e999,4]]}' }, 'values[0][2]: expected a finite number, received -Infinity.'],
  [eventOf({ values: [[1, 2, 3, [4]]] }), 'values[0][3]: expected a finite number, received an array of 1.'],
];

describe('a request', () => {
  it("is read from the course's mock event, and from a body in base64", () => {
    const text = '{"values": [[5.1, 3.5, 1.4, 0.2]]}';
    const body = Buffer.from(text).toString('base64');
    for (const event of [
      { body: text },
      { body, isBase64Encoded: true },
      { body: text, isBase64Encoded: false },
    ])
      expect(readRows(event)).toEqual({ kind: 'rows', rows: [row] });
  });

  it('gives back any rows of four finite numbers, up to a thousand', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const rows = fc.array(fc.tuple(number, number, number, number), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (given) => {
        expect(readRows(eventOf({ values: given }))).toEqual({ kind: 'rows', rows: given });
      }),
    );
    const most = Array.from({ length: 1000 }, () => [1 / 3, -1 / 3e100, 1e300 / 3, 0.1 + 0.2]);
    expect(readRows(eventOf({ values: most }))).toEqual({ kind: 'rows', rows: most });
  });

  it.each(REFUSED.map(([event, reason]) => ({ event, reason })))(
    'is refused with what was expected, where, and what came: $reason',
    ({ event, reason }) => {
      expect(readRows(event)).toEqual({
        kind: 'refused',
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
      });
    },
  );

  it('never fails, and never gives back more than a line of what came', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ body: fc.oneof(fc.string({ maxLength: 5000 }), fc.json()), isBase64Encoded: fc.boolean() }),
      fc.anything().map((values) => ({ body: JSON.stringify({ values }) })),
      fc.string({ minLength: 200, maxLength: 2000 }).map((text) => eventOf({ [text]: text })),
      fc.string({ minLength: 200, maxLength: 2000 }).map((text) => eventOf({ values: [[1, 2, 3, text]] })),
    );
    fc.assert(
      fc.property(anything, (event) => {
        const read = readRows(event);
        if (read.kind === 'refused') expect(read.reason.length).toBeLessThan(400);
      }),
      { numRuns: 1000 },
    );
  });
});
