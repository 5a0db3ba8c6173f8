import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { IRIS_TABLE, readIris } from '../src/table/read-iris.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-iris-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

const HEADER = 'sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,species\n';

describe('the IRIS table', () => {
  it('is the one that was compared value by value with R and scikit-learn', async () => {
    const bytes = await readFile(IRIS_TABLE);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'b6b8efc86732bc48c9fbddba53e2c191fd4f263c0ee98e2b1b7d3543e8d2121d',
    );
  });

  it("has 50 flowers of each species, and Fisher's values where the UCI copy has others", async () => {
    const rows = await readIris(IRIS_TABLE);
    expect(rows.map(({ label }) => label)).toEqual([0, 1, 2].flatMap((label) => Array(50).fill(label)));
    expect(rows[34]?.features).toEqual([4.9, 3.1, 1.5, 0.2]);
    expect(rows[37]?.features).toEqual([4.9, 3.6, 1.4, 0.1]);
  });

  it.each([
    ['another header', 'a,b,c,d,e\n', /expected the header sepal_length_cm,.*received a,b,c,d,e/],
    ['a word for a number', `${HEADER}5.1,3.5,NaN,0.2,setosa\n`, /line 2: .*expected centimetres/],
    ['a missing column', `${HEADER}5.1,3.5,1.4,setosa\n`, /line 2: /],
    ['a species that nobody knows', `${HEADER}5.1,3.5,1.4,0.2,rosa\n`, /line 2: .*"setosa"/],
    ['a last line without its end', `${HEADER}5.1,3.5,1.4,0.2,setosa`, /line 2: expected a line end/],
  ])('is refused with %s', async (_what, text, message) => {
    const path = join(directory, 'table.csv');
    await writeFile(path, text);
    await expect(readIris(path)).rejects.toThrow(message);
  });
});
