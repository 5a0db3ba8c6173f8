import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHARTS, type ChartInput } from '../src/index.ts';
import { anyInput, someRow } from './inputs.ts';
import { numbersIn, warningsOf } from './specs.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const chart = (id: string) => {
  const found = CHARTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no chart ${id}`);
  return found;
};

/** Everything a reader sees of all charts, pictures as their specifications. */
const everything = (input: ChartInput) =>
  CHARTS.map(({ spec, readingSentence, altText, table }) => ({
    spec: spec(input),
    sentence: readingSentence(input),
    altText: altText(input),
    table: table(input),
  }));

const specsOf = (input: ChartInput) => CHARTS.map(({ spec }) => spec(input));

test('the original four charts, the distribution curve, the timeline and the stages exist', () => {
  expect(CHARTS.map(({ id }) => id)).toEqual([
    'average-processing-time',
    'distribution',
    'ecdf',
    'size-against-time',
    'total-processing-time',
    'timeline',
    'cloud-stages',
  ]);
});

describe('any rows', () => {
  test('give finite numbers and readable sentences, and do not depend on the order of rows', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const all = everything(input);
        expect(numbersIn(all).every(Number.isFinite)).toBe(true);
        for (const { sentence, altText } of all) {
          // Labels come from outside and may hold anything.
          if (!input.targetLabel.includes('N'))
            expect(sentence + altText).not.toMatch(/NaN|undefined|Infinity/);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('compile without a warning', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(warningsOf(specsOf(input))).toEqual([]);
      }),
      { numRuns: 15 },
    );
    for (const run of [{ images: 12, coldStarts: 3 }, { images: 200 }, { images: 3 }]) {
      expect(warningsOf(specsOf(inputOf(syntheticRun(run))))).toEqual([]);
    }
  });
});

test('the order in which rows arrived changes nothing', () => {
  const rows = syntheticRun({ images: 30, coldStarts: 3 });
  expect(everything(inputOf(rows.toReversed()))).toEqual(everything(inputOf(rows)));
});

describe('no rows', () => {
  test('every chart says so', () => {
    for (const one of everything(inputOf([]))) {
      expect(JSON.stringify(one.spec)).toContain('no data');
      expect(one.sentence).toMatch(/no data to draw/);
      expect(one.altText).toMatch(/no data/);
    }
  });

  test('failed rows are counted, not drawn', () => {
    const failed = { ...someRow, status: 'error', error: 'truncated: ends early' } as const;
    expect(JSON.stringify(chart('distribution').spec(inputOf([failed])))).toContain('1 failed, not drawn');
  });

  test('a side without rows is named as such beside the other', () => {
    const onPrem = syntheticRun({ images: 8 }).filter(({ source }) => source === 'on_prem');
    for (const id of ['average-processing-time', 'distribution', 'total-processing-time']) {
      expect(JSON.stringify(chart(id).spec(inputOf(onPrem)))).toContain('no data');
    }
    expect(chart('distribution').readingSentence(inputOf(onPrem))).toContain('cloud (local): no warm image');
  });
});

describe('known rows', () => {
  const row = (source: 'cloud' | 'on_prem', image: string, processingTimeMs: number, cold = false) => ({
    ...someRow,
    source,
    image,
    processingTimeMs,
    cold,
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const input = inputOf([
    ...names.map((name, index) => row('on_prem', name, 10 * (index + 1))),
    ...names.map((name, index) => row('cloud', name, 20 * (index + 1))),
    row('cloud', 'h', 9_000, true),
  ]);

  test('means, medians and totals are of warm rows; the cold one is counted apart', () => {
    expect(
      chart('average-processing-time')
        .table(input)
        .rows.map((cells) => cells.slice(0, 3)),
    ).toEqual([
      ['on-prem', '7', '40.0'],
      ['cloud (local)', '7', '80.0'],
    ]);
    expect(
      chart('ecdf')
        .table(input)
        .rows.map((cells) => cells[2]),
    ).toEqual(['40.0', '80.0']);
    expect(chart('total-processing-time').table(input).rows).toEqual([
      ['on-prem', '7', '0.280', '0', '0'],
      ['cloud (local)', '7', '0.560', '1', '9.00'],
    ]);
  });

  test('the same images are compared image by image', () => {
    expect(chart('distribution').readingSentence(input)).toContain(
      'Image by image on-prem is 2.00 times as fast (median ratio of 7 images, 95 % interval 2.00 to 2.00).',
    );
  });

  test('the cold row is drawn and marked', () => {
    const spec = JSON.stringify(chart('distribution').spec(input));
    expect(spec).toContain('"series":"cold start","value":9000');
    expect(spec).toContain('n = 7 warm + 1 cold');
  });

  test('the curve climbs by one n-th at every image and ends at 100 %', () => {
    const spec = JSON.stringify(
      chart('ecdf').spec(inputOf(names.slice(0, 4).map((name, index) => row('on_prem', name, 5 + index)))),
    );
    expect([...spec.matchAll(/"percent":([\d.]+)/g)].map((match) => match[1])).toEqual([
      '0',
      '25',
      '50',
      '75',
      '100',
    ]);
  });

  test('stages: init is taken out of the queue, what is not explained is "other"', () => {
    const staged = {
      ...row('cloud', 'x.jpg', 40, true),
      initMs: 200,
      queueDelayMs: 230,
      downloadMs: 5,
      uploadMs: 7,
      endToEndMs: 285,
    };
    expect(
      chart('cloud-stages')
        .table(inputOf([staged]))
        .rows.at(-1),
    ).toEqual(['◆ x.jpg', '30.0', '200', '5.00', '40.0', '7.00', '3.00', '285']);
  });

  test('a row without a stage time is left out of the stages, and that is said', () => {
    const half = { ...row('cloud', 'x.jpg', 40), queueDelayMs: null };
    const full = { ...row('cloud', 'y.jpg', 40), queueDelayMs: 1, downloadMs: 1, uploadMs: 1 };
    expect(JSON.stringify(chart('cloud-stages').spec(inputOf([half, full])))).toContain(
      '1 image without complete stage times left out',
    );
  });

  test('timeline: each side starts at zero, in seconds', () => {
    const at = (source: 'cloud' | 'on_prem', timestamp: string) => ({
      ...row(source, timestamp, 400),
      timestamp,
      queueDelayMs: 100,
      endToEndMs: 600,
      initMs: null,
    });
    const spec = JSON.stringify(
      chart('timeline').spec(
        inputOf([at('on_prem', '2026-11-21T06:00:01.000Z'), at('cloud', '2026-11-21T09:30:00.000Z')]),
      ),
    );
    expect([...spec.matchAll(/"fromS":([\d.]+),"toS":([\d.]+)/g)].map((match) => match.slice(1))).toEqual([
      ['0.1', '0.6'],
      ['0.1', '0.6'],
    ]);
  });
});

test('more than 5,000 points are thinned out evenly, extremes kept, and the picture says so', () => {
  const many = inputOf(
    Array.from({ length: 6_001 }, (_, index) => ({
      ...someRow,
      image: `i${index}`,
      processingTimeMs: 1 + index,
    })),
  );
  for (const id of ['distribution', 'size-against-time']) {
    const spec = JSON.stringify(chart(id).spec(many));
    const times = [...spec.matchAll(/"(?:ms|value)":(\d+)/g)].map((match) => Number(match[1]));
    expect(times).toHaveLength(5_000);
    expect([Math.min(...times), Math.max(...times)]).toEqual([1, 6_001]);
    expect(spec).toContain('5,000 points of 6,001 drawn');
  }
  expect(JSON.stringify(chart('timeline').spec(many))).toContain('5,000 images of 6,001 drawn');
});
