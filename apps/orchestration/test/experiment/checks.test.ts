import { type CheckInput, findAll } from '@skyground/experiment';
import { describe, expect, it } from 'vitest';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { executionsOf } from '../../src/experiment/plan-order.ts';
import type { Point } from '../../src/experiment/points.ts';
import { observe, type Sample } from '../../src/experiment/sample.ts';
import { evenChain, evenParallel, sampleOf } from './support/samples.ts';

const parameters = parametersSchema.parse({
  executions: 10,
  durationsMs: [0],
  lengths: [2, 3],
  widths: [2, 5],
  payloadBytes: [32],
});

/** A clean run of the plan, an execution each second. */
const clean = executionsOf(parameters).map(({ point, repetition }, index) =>
  sampleOf(point, repetition, eventsOf(point, 1000 * index)),
);

function eventsOf({ path, size, workMs }: Pick<Point, 'path' | 'size' | 'workMs'>, atMs: number) {
  return path === 'CHAIN'
    ? evenChain({ atMs, size, workMs, gapMs: 10, dispatchMs: 10 })
    : evenParallel(atMs, size, 20, workMs);
}

/** The checks on a run, as if the machine had done nothing else. */
function found(samples: readonly Sample[]): readonly string[] {
  const planned = Map.groupBy(clean, ({ arm }) => arm);
  const input: CheckInput = {
    observations: samples.map(observe),
    planned: new Map([...planned].map(([arm, rows]) => [arm, rows.map(({ unit }) => unit)])),
    durationCovers: 'part',
    conditions: {
      minimumSamples: 6,
      clockResolutionMs: 0.001,
      clockOffset: null,
      load: { foreignCores: 0.2, cores: 2, stealShare: 0 },
      pricesReadOn: '2026-11-21',
      startedAt: '2026-11-21T06:30:00.000Z',
    },
  };
  return findAll(input).map(
    ({ severity, checkId, arms }) => `${severity} ${checkId}: ${arms.join(' and ') || 'run'}`,
  );
}

const width = (one: Sample) => one.arm === 'width, Express';

describe('the checks on this experiment', () => {
  it('are silent on a clean run, its warm-up and what was measured again', () => {
    const [first] = clean;
    if (first === undefined) throw new Error('a plan');
    const others = (['warm-up', 'cold again'] as const).map((phase) => ({
      ...first,
      phase,
      unit: `${phase} 1`,
      coldEnvironments: 1,
    }));
    expect(found([...others, ...clean])).toEqual([]);
  });

  it.each<[string, string, (sample: Sample, index: number) => Sample | undefined]>([
    [
      'error cold-left-out: width, Express',
      'an arm whose environments start in every execution',
      (one) => (width(one) ? { ...one, coldEnvironments: 2 } : one),
    ],
    [
      'error cold-left-out: width, Express',
      'a point of which nothing warm is left',
      (one) => (width(one) && one.size === 5 ? { ...one, coldEnvironments: 1 } : one),
    ],
    [
      'error wrong-variant: width, Express',
      'another width',
      (one) =>
        width(one) && one.size === 5
          ? { ...one, events: sampleOf({ ...one, work: '' }, 1, eventsOf({ ...one, size: 2 }, 0)).events }
          : one,
    ],
    [
      'error wrong-variant: length, Express',
      'executions of the Standard machine under the name of the other',
      (one) =>
        one.arm === 'length, Express'
          ? { ...one, executionArn: (one.executionArn ?? '').replace(':express:', ':execution:') }
          : one,
    ],
    [
      'error failures: CHAIN',
      'one execution that failed',
      (one) =>
        one.arm === 'CHAIN' && one.unit.endsWith('#3')
          ? { ...one, status: 'FAILED', error: 'States.TaskFailed' }
          : one,
    ],
    [
      'error failures: CHAIN',
      'one of which nothing was heard',
      (one) =>
        one.arm === 'CHAIN' && one.unit.endsWith('#3') ? { ...one, status: 'NOT_ENDED', events: '[]' } : one,
    ],
    [
      'error no-work: duration, Standard',
      'tasks that did not wait',
      (one) => (one.arm === 'duration, Standard' ? { ...one, workMs: 100 } : one),
    ],
    [
      'error missing-rows: PARALLEL',
      'a row that is missing',
      (one) => (one.arm === 'PARALLEL' && one.unit.endsWith('#2') ? undefined : one),
    ],
  ])('find %s, by %s', (finding, _defect, plant) => {
    const defective = clean.flatMap((sample, index) => plant(sample, index) ?? []);
    expect(found(defective)).toContain(finding);
  });
});
