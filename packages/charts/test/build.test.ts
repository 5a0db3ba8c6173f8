import { bootstrapInterval } from '@skyground/statistics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  barsChart,
  breakEvenChart,
  type CostCurves,
  distributionChart,
  ecdfChart,
  eventListChart,
  forestChart,
  ganttChart,
  groupedBarsChart,
  histogramChart,
  isZoomable,
  percentilesOverTimeChart,
  renderDrawnChart,
  scatterChart,
  shareBarsChart,
  stackedBarsChart,
  sweepChart,
  tableChart,
  timelineChart,
  transcriptChart,
  workflowChart,
} from '../src/index.ts';
import { renderSvg } from '../src/render/svg.ts';
import { labelSvg } from '../src/render/svg-label.ts';
import { checkSvg } from '../src/report/own-svg.ts';
import { anyChart } from './any-chart.ts';
import { numbersIn, warningsOf } from './specs.ts';

const ms = { name: 'response time', unit: 'ms' };
const heading = { id: 'any', title: 'Any' };
const seed = 7;

describe('any data', () => {
  test('gives finite numbers, texts without NaN, and a specification without a warning', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        expect(numbersIn(chart.spec).every(Number.isFinite)).toBe(true);
        const texts = [
          chart.readingSentence,
          chart.altText,
          ...chart.table.columns,
          ...chart.table.rows.flat(),
        ];
        for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity|∞/);
        for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
        expect(warningsOf([chart.spec])).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test('can be drawn, again with the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyChart, async (chart) => {
        const { svg } = await renderDrawnChart(chart);
        expect(svg).not.toMatch(/NaN|undefined|<script/);
        expect(labelSvg(await renderSvg(chart.spec, chart.id), chart.altText)).toBe(svg);
        // Such as the page of all charts takes from a run folder.
        expect(checkSvg(svg).kind).toBe('own');
      }),
      { numRuns: 40 },
    );
  });
});

test('no data is drawn as such, and said', () => {
  const empty = [
    distributionChart({ ...heading, measure: ms, arms: [], thing: 'request' }),
    ecdfChart({ ...heading, measure: ms, arms: [{ arm: 'a', warm: [] }], thing: 'request' }),
    timelineChart({ ...heading, measure: ms, samples: [], thing: 'request' }),
    sweepChart({
      ...heading,
      x: { name: 'workers', unit: '', scale: 'log2' },
      y: ms,
      statistic: 'median',
      series: [],
    }),
    barsChart({ ...heading, measure: ms, statistic: 'median', bars: [{ label: 'a', figure: null }] }),
    stackedBarsChart({ ...heading, measure: ms, parts: [{ label: 'S3' }], bars: [] }),
    histogramChart({ ...heading, measure: ms, thing: 'request', groups: [{ arm: 'cold', values: [] }] }),
    percentilesOverTimeChart({
      ...heading,
      measure: ms,
      thing: 'request',
      windowMs: 1_000,
      samples: [],
      users: [{ atMs: 0, users: 1 }],
    }),
    eventListChart({ ...heading, events: [], marks: [] }),
    transcriptChart({ ...heading, parts: [] }),
    groupedBarsChart({ ...heading, measure: ms, statistic: 'median', groups: [{ label: 'cold', bars: [] }] }),
    forestChart({
      ...heading,
      measure: ms,
      statistic: 'median',
      sides: { below: 'a', above: 'b' },
      rows: [{ label: 'uniform', figure: null, bound: 3 }],
    }),
    shareBarsChart({ ...heading, thing: 'run', parts: ['a'], bars: [{ label: 'a', counts: [0] }] }),
    scatterChart({ ...heading, x: ms, y: ms, thing: 'run', series: [{ arm: 'a', points: [] }] }),
    tableChart({ ...heading, columns: ['a'], rows: [] }),
    ganttChart({ ...heading, runs: [{ label: 'a', lanes: [{ label: 'b', spans: [] }] }] }),
    workflowChart({ ...heading, start: '', nodes: [], edges: [] }),
  ];
  for (const { spec, readingSentence, altText } of empty) {
    expect(JSON.stringify(spec)).toContain('no data: ');
    expect(readingSentence).toContain('There is no data to draw');
    expect(altText).toContain('no data');
  }
});

const six = [10, 20, 30, 40, 50, 60];

describe('known answers', () => {
  test('distribution: R-7 quartiles, and no box below the smallest n', () => {
    const { table, readingSentence, spec } = distributionChart({
      ...heading,
      measure: ms,
      thing: 'request',
      arms: [
        { arm: 'CLASSIC', warm: six, cold: [900], failed: 2 },
        { arm: 'few', warm: [1, 2, 3] },
      ],
    });
    expect(table.rows).toEqual([
      ['CLASSIC', '6', '10.0', '22.5', '35.0', '10.0 to 60.0', '47.5', '57.5', '60.0', '1', '2'],
      ['few', '3', '1.00', '1.50', '2.00', 'too few (needs 6)', '2.50', '2.90', '3.00', '0', '0'],
    ]);
    expect(readingSentence).toContain('few: median 2.00 ms of 3 requests, too few for an interval');
    const drawn = JSON.stringify(spec);
    expect(drawn).toContain('CLASSIC: n = 6 warm + 1 cold + 2 failed, not drawn');
    expect(drawn).toContain('too few for a box: 3 warm requests, needs 6');
    expect(drawn).toContain('"q1":22.5');
    expect(drawn).not.toContain('"q1":1.5');
  });

  test('ecdf: linear where the spread is small, logarithmic where one arm is far slower', () => {
    const spread = (warm: readonly number[]) =>
      JSON.stringify(
        ecdfChart({ ...heading, measure: ms, thing: 'request', arms: [{ arm: 'a', warm }] }).spec,
      );
    expect(spread(six)).not.toContain('"log"');
    expect(spread([...six, 600])).toContain('"log"');
    expect(spread([0, ...six, 600])).not.toContain('"log"');
  });

  test('timeline: seconds since the first sample; cold and failed ones marked; its time can be zoomed', () => {
    const sample = { arm: 'a', startedAtMs: 61_000, value: 5, start: 'warm', outcome: 'succeeded' } as const;
    const { spec, table } = timelineChart({
      ...heading,
      measure: ms,
      thing: 'request',
      samples: [
        { ...sample, startedAtMs: 63_500, start: 'cold', value: 9 },
        sample,
        { ...sample, startedAtMs: 62_000, outcome: 'failed', value: null },
      ],
    });
    expect(table.rows).toEqual([['a', '1', '1', '1', '0', '2.50', '9.00']]);
    const drawn = JSON.stringify(spec);
    expect(drawn).toContain('{"series":"cold start","seconds":2.5,"value":9}');
    expect(drawn).toContain('{"series":"failed","seconds":1,"value":0}');
    expect(isZoomable(spec)).toBe(true);
  });

  test('sweep: every step with its interval or too few for one; fit and knee are drawn', () => {
    const step = (x: number, sample: readonly number[]) => ({
      x,
      values: sample,
      figure: bootstrapInterval(sample, 'median', { seed }),
    });
    const { table, spec, readingSentence } = sweepChart({
      ...heading,
      x: { name: 'workers', unit: '', scale: 'log2' },
      y: { name: 'throughput', unit: 'images/s' },
      statistic: 'median',
      series: [
        {
          arm: 'on-prem',
          steps: [
            step(2, [7, 8, 9]),
            step(
              1,
              Array.from({ length: 6 }, () => 4),
            ),
          ],
          fitted: [{ x: 3, y: 9.5 }],
        },
      ],
      markers: [
        { x: 1.5, label: 'knee' },
        { x: 2, label: 'knee of another' },
      ],
    });
    expect(table).toEqual({
      columns: ['arm', 'workers', 'n', 'median throughput (images/s)', '95 % interval (images/s)'],
      rows: [
        ['on-prem', '1', '6', '4.00', '4.00 to 4.00'],
        ['on-prem', '2', '3', '8.00', 'too few (needs 6)'],
      ],
    });
    expect(readingSentence).toContain('1 of 2 steps have too few values for an interval.');
    const drawn = JSON.stringify(spec);
    expect(drawn).toContain('{"series":"on-prem","x":3,"value":9.5}');
    expect(drawn).toContain('{"x":1.5,"text":"knee"}');
    expect(drawn).toContain('{"x":2,"text":"knee of another"}');
  });

  test('bars: measured ones have whiskers, exact ones none, what was not measured is said', () => {
    const { table, spec } = barsChart({
      ...heading,
      measure: { name: 'cost', unit: 'USD' },
      statistic: '',
      bars: [
        {
          label: 'measured',
          figure: bootstrapInterval(
            Array.from({ length: 6 }, () => 2),
            'mean',
            { seed },
          ),
        },
        { label: 'modelled', figure: 0.000_004_2 },
        { label: 'missing', figure: null },
      ],
    });
    expect(table.rows).toEqual([
      ['measured', '6', '2.00', '2.00 to 2.00'],
      ['modelled', '–', '0.0000042', '–'],
      ['missing', '–', '–', '–'],
    ]);
    expect(JSON.stringify(spec)).toContain('"text":"no data"');
  });

  test('bars: published figures are hollow, named as such, and have a source', () => {
    const bars = [
      { label: 'A to B', figure: 3 },
      { label: 'A to B, on AWS', figure: 23, source: 'the course, 2025' },
    ];
    const { table, spec, readingSentence } = barsChart({ ...heading, measure: ms, statistic: '', bars });
    expect(table.columns.at(-1)).toBe('source');
    expect(table.rows.map((row) => row.at(-1))).toEqual(['this run', 'the course, 2025']);
    expect(readingSentence).toContain(
      'A to B: 3.00 ms. Published elsewhere, not measured here: A to B, on AWS: 23.0 ms.',
    );
    expect(JSON.stringify(spec)).toContain('"isPublished":true,"text":"23.0 ms, published"');
    const measured = barsChart({ ...heading, measure: ms, statistic: '', bars: bars.slice(0, 1) });
    expect(measured.table.columns).not.toContain('source');
  });

  test('sweep: a figure that others publish has neither a count nor an interval, and none is said to be missing', () => {
    const ours = { x: 1, values: six, figure: bootstrapInterval(six, 'median', { seed }) };
    const request = {
      ...heading,
      x: { name: 'branches', unit: '', scale: 'linear' as const },
      y: ms,
      statistic: '',
    };
    const theirs = { arm: 'theirs', steps: [{ x: 20, values: [], figure: 1008 }] };
    const { table, readingSentence } = sweepChart({
      ...request,
      series: [{ arm: 'ours', steps: [ours] }, theirs],
    });
    expect(table.rows[1]).toEqual(['theirs', '20', '–', '1,008', '–']);
    expect(readingSentence).not.toContain('too few');
    expect(sweepChart({ ...request, series: [theirs] }).readingSentence).not.toContain('was measured');
  });

  test('sweep: an axis by powers of ten has a place for zero', () => {
    const steps = [0, 1, 10_000].map((x) => ({
      x,
      values: six,
      figure: bootstrapInterval(six, 'median', { seed }),
    }));
    const on = (scale: 'symlog' | 'log2') =>
      sweepChart({
        ...heading,
        x: { name: 'duration', unit: 'ms', scale },
        y: ms,
        statistic: 'median',
        series: [{ arm: 'a', steps: [...steps, ...steps.slice(1).map((step) => ({ ...step, x: -step.x }))] }],
      });
    expect(on('symlog').table.rows.map(([, x]) => x)).toEqual(['0', '1', '10,000']);
    expect(on('log2').table.rows.map(([, x]) => x)).toEqual(['1', '10,000']);
    const drawn = JSON.stringify(on('symlog').spec);
    expect(drawn).toContain('"type":"symlog","constant":1');
    expect(drawn).toContain('duration (ms, log scale, with 0)');
  });

  test('stacked bars: parts lie end to end and sum up', () => {
    const { table, spec, readingSentence } = stackedBarsChart({
      ...heading,
      measure: { name: 'cost', unit: 'USD' },
      parts: [{ label: 'Lambda' }, { label: 'S3' }],
      bars: [{ label: 'run', values: [3, 1] }],
    });
    expect(table.rows).toEqual([['run', '3.00', '1.00', '4.00']]);
    expect(JSON.stringify(spec)).toContain('{"part":"S3","lane":0,"from":3,"to":4}');
    expect(readingSentence).toContain('Run: 4.00 USD, of which Lambda is 75.0 %.');
  });

  test('break-even: who wins from where on, with its interval and the date of its prices', () => {
    const usd = (of: number) => ({ usd: of, lowUsd: of * 0.9, highUsd: of * 1.1 });
    const costs: CostCurves = {
      curve: [1e3, 1e6, 1e9].map((images) => ({
        imagesPerMonth: images,
        cloud: usd(images / 1e5),
        onPrem: usd(100),
      })),
      first: 1e7,
      lasting: 1e7,
      interval: {
        kind: 'interval',
        confidence: 0.95,
        first: { low: 9e6, high: 1.1e7 },
        lasting: { low: 9e6, high: 1.1e7 },
      },
      region: 'us-east-1',
      pricesReadOn: '2026-11-21',
      freeTier: false,
    };
    const labels = { cloud: 'cloud (local)', onPrem: 'on-prem' };
    const chart = breakEvenChart({ ...heading, costs, labels });
    expect(chart.readingSentence).toContain(
      'on-prem is cheaper from 10 million images a month (interval 9 million to 11 million) (modelled).',
    );
    expect(JSON.stringify(chart.spec)).toContain(
      'modelled: list prices of us-east-1, read on 2026-11-21, without free tier',
    );
    expect(chart.table.rows[1]).toEqual(['1,000,000', '100', '90.0 to 110', '10.0', '9.00 to 11.0']);
    const never = { ...costs, first: 'above the range', lasting: 'above the range' } as const;
    expect(breakEvenChart({ ...heading, costs: never, labels }).altText).toContain(
      'cloud (local) is the cheaper side from 1 thousand to 1 billion images a month',
    );
  });
});

test('more than 5,000 points are thinned, small arms stay whole, and the picture says so', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => 1 + index);
  const chart = distributionChart({
    ...heading,
    measure: ms,
    thing: 'request',
    arms: [
      { arm: 'many', warm: many },
      { arm: 'few', warm: six },
    ],
  });
  const spec = JSON.stringify(chart.spec);
  expect(spec).toContain('5,000 points of 20,006 drawn');
  expect(spec.match(/"series":"few","value"/g)).toHaveLength(6);
  expect(spec).toContain('"value":20000,');
});
