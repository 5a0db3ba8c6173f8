import { describe, expect, test } from 'vitest';
import { analysis } from '../../src/experiment/analysis.ts';
import { charts } from '../../src/experiment/charts.ts';
import { definitionTables } from '../../src/experiment/definition-tables.ts';
import { labTables } from '../../src/experiment/lab-tables.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { executionsOf } from '../../src/experiment/plan-order.ts';
import type { Point } from '../../src/experiment/points.ts';
import { publishedCharts } from '../../src/experiment/published-charts.ts';
import type { Sample } from '../../src/experiment/sample.ts';
import { summarise } from '../../src/experiment/summary.ts';
import { sweepTables } from '../../src/experiment/sweep-tables.ts';
import { verdict } from '../../src/experiment/verdict.ts';
import { evenChain, evenParallel, sampleOf } from './support/samples.ts';

interface Shape {
  readonly gapMs: number;
  readonly dispatchMs: number;
}

const usual: Shape = { gapMs: 10, dispatchMs: 10 };

/** A run of these parameters, whose every hand-over costs the same. */
function runOf(given: object, shape: (point: Point) => Shape = () => usual): readonly Sample[] {
  return executionsOf(parametersSchema.parse(given)).map(({ point, repetition }, index) => {
    const { gapMs, dispatchMs } = shape(point);
    const { path, size } = point;
    const workMs = Math.max(point.workMs, 1);
    const atMs = 100_000 * index;
    const events =
      path === 'CHAIN'
        ? evenChain({ atMs, size, workMs, gapMs, dispatchMs })
        : evenParallel(atMs, size, gapMs, workMs);
    return sampleOf(point, repetition, events);
  });
}

/** What the verdict and the analysis say. */
function saidOf(samples: readonly Sample[]): string {
  const summary = summarise(samples);
  const { headline, sentences } = verdict(summary);
  const paragraphs = analysis(summary).flatMap((section) => section.paragraphs);
  return [headline, ...sentences, ...paragraphs].join('\n');
}

function cellsOf(samples: readonly Sample[]): readonly string[] {
  const summary = summarise(samples);
  const tables = [
    ...labTables(summary.lab),
    ...definitionTables(summary.lab),
    ...sweepTables(summary.sweeps),
    ...charts(summary, samples).map(({ table }) => table),
  ];
  return tables.flatMap(({ rows }) => rows.flat());
}

const smallSweep = {
  executions: 6,
  durationsMs: [0, 100],
  lengths: [1, 3],
  widths: [2, 5],
  payloadBytes: [32, 1024],
};
const onePoint = { executions: 6, durationsMs: [0], lengths: [1], widths: [5], payloadBytes: [32] };

describe('whatever a run comes to', () => {
  test.each<[string, readonly Sample[]]>([
    ['gaps of 0 ms everywhere', runOf(smallSweep, () => ({ gapMs: 0, dispatchMs: 0 }))],
    ['no Express', runOf({ ...smallSweep, types: ['STANDARD'] })],
    ['no Standard', runOf({ ...smallSweep, types: ['EXPRESS'] })],
    ['no sweep', runOf({ executions: 6, sweep: false })],
    ['one point a sweep', runOf(onePoint)],
    ['two executions of each', runOf(smallSweep).filter(({ unit }) => /#[12]$/.test(unit))],
    ['gaps of minutes', runOf(smallSweep, () => ({ gapMs: 100_000, dispatchMs: 100_000 }))],
  ])('%s: every sentence and every cell says something', (_what, samples) => {
    const text = saidOf(samples);
    for (const said of [text, ...cellsOf(samples)])
      expect(said).not.toMatch(/NaN|undefined|null|Infinity|not known/);
    expect(text).not.toContain('No verdict');
  });

  test.each([
    ['no sweep', { executions: 6, sweep: false }],
    ['no Standard', { ...smallSweep, types: ['EXPRESS'] }],
  ])('%s: beside the published fan-out stands one of ours', (_what, given) => {
    const chart = publishedCharts(summarise(runOf(given))).find(({ id }) => id === 'published-fan-out');
    expect(chart?.table.rows.some(([arm, width]) => arm?.startsWith('here') && width === '5')).toBe(true);
  });
});

describe('no sentence says more than the figures', () => {
  test('a payload that costs nothing does not pay', () => {
    const text = saidOf(runOf(smallSweep));
    expect(text).not.toContain('pays for it');
    const dear = saidOf(
      runOf(smallSweep, ({ payloadBytes }) => ({ gapMs: payloadBytes > 1000 ? 50 : 10, dispatchMs: 10 })),
    );
    expect(dear).toContain('pays for it: 30 ms with 32 bytes, 70 ms with 1,024');
  });

  test('a hand-over that gets dearer with the duration is said to grow', () => {
    const fixed = 'A hand-over shows no growth';
    expect(saidOf(runOf(smallSweep))).toContain(fixed);
    const growing = runOf(smallSweep, ({ workMs }) => ({ gapMs: workMs === 100 ? 100 : 10, dispatchMs: 0 }));
    expect(saidOf(growing)).not.toContain(fixed);
  });

  test('a share that no duration brings down is no matter of grain', () => {
    expect(saidOf(runOf(smallSweep, () => ({ gapMs: 10_000, dispatchMs: 0 })))).not.toContain(
      'a matter of grain',
    );
    expect(saidOf(runOf({ ...smallSweep, durationsMs: [0, 1000] }))).toContain('a matter of grain');
  });

  test('the step of AWS is named beside widths where it lies, and nowhere else', () => {
    expect(saidOf(runOf({ ...smallSweep, widths: [8, 9] }))).not.toContain('1,008 ms at 20');
    expect(saidOf(runOf({ ...smallSweep, widths: [18, 20] }))).toContain('1,008 ms at 20');
  });

  test('sweeps that failed were made', () => {
    const failed = runOf(smallSweep).map((one) => (one.part === 'lab' ? one : { ...one, status: 'FAILED' }));
    const text = saidOf(failed);
    expect(text).not.toContain('--no-sweep');
    expect(text).toContain('of the sweeps can be compared');
    expect(saidOf(runOf({ executions: 6, sweep: false }))).toContain('--no-sweep');
  });

  test('what stayed cold is not said to have been measured again', () => {
    const cold = runOf(smallSweep).map((one) =>
      one.unit.endsWith('#1') ? { ...one, coldEnvironments: 1 } : one,
    );
    expect(saidOf(cold)).not.toContain('each was measured again');
    const again = runOf(smallSweep).flatMap((one): readonly Sample[] =>
      one.unit.endsWith('#1')
        ? [{ ...one, phase: 'cold again', unit: `cold ${one.unit}`, coldEnvironments: 1 }, one]
        : [one],
    );
    expect(saidOf(again)).toContain('each was measured again');
  });

  test('an execution that ended without the events of all its tasks did not succeed', () => {
    const cut = runOf(smallSweep).map((one) => (one.arm === 'CHAIN' ? { ...one, events: '[]' } : one));
    expect(saidOf(cut)).toContain('6 executions did not succeed');
  });
});
