import { UsageError } from '@skyground/experiment';
import { expect, test } from 'vitest';
import { parametersSchema, settingsOf } from '../../src/experiment/parameters.ts';
import { plan } from '../../src/experiment/plan.ts';
import { plannedRunsOf, plannedUnitOf, runsOf, unitOf } from '../../src/experiment/plan-order.ts';
import { publishedGains, publishedRuns } from '../../src/experiment/published.ts';
import { scaledDelays, scenarios } from '../../src/experiment/scenarios.ts';

const parametersOf = (given: object) => parametersSchema.parse(given);

test('the scenarios are those of the issue, in its order', () => {
  expect(scenarios.map(({ id, delaysMs }) => [id, Object.values(delaysMs).join('/')])).toEqual([
    ['reversed', '4000/2000/1000/0'],
    ['single-slow-transform', '0/4000/0/0'],
    ['thumbnail-slowest', '5000/0/0/0'],
    ['moderate-variance', '0/500/1000/1500'],
    ['uniform', '0/0/0/0'],
    ['single-slow-filters', '0/0/4000/0'],
    ['all-equal', '2000/2000/2000/2000'],
    ['exponential-growth', '0/500/1500/4000'],
    ['bimodal', '0/0/3000/3000'],
    ['staggered', '0/1000/2000/3000'],
    ['three-fast-one-slow', '0/0/0/6000'],
    ['extreme-outlier', '0/0/0/5000'],
    ['guide', '100/200/350/1400'],
  ]);
});

test('delays are scaled to whole milliseconds; the guide pads to its durations, the others add', () => {
  const [reversed, , , , , , , exponential] = scenarios;
  const guide = scenarios.at(-1);
  if (reversed === undefined || exponential === undefined || guide === undefined) throw new Error('thirteen');
  expect(scaledDelays(reversed, 0.1)).toEqual({
    kind: 'add',
    thumbnailMs: 400,
    transformMs: 200,
    filtersMs: 100,
    contourMs: 0,
  });
  expect(scaledDelays(exponential, 0.001)).toMatchObject({ transformMs: 1, filtersMs: 2, contourMs: 4 });
  expect(scaledDelays(guide, 1)).toMatchObject({ kind: 'pad-to', contourMs: 1400 });
});

test("the origin's gains are those of its table, and nearly nothing without the runs that look cold", () => {
  const gains = Object.values(publishedRuns).map(publishedGains);
  const mean = (of: 'asPublished' | 'withoutCold') =>
    gains.reduce((sum, one) => sum + one[of], 0) / gains.length;
  expect(mean('asPublished')).toBeCloseTo(15.0, 1);
  expect(Math.max(...gains.map(({ asPublished }) => asPublished))).toBeCloseTo(32.6, 1);
  expect(mean('withoutCold')).toBeCloseTo(2.3, 1);
  expect(publishedGains(publishedRuns.reversed)).toMatchObject({
    coldLooking: 1,
    withoutCold: expect.closeTo(16.5, 1),
  });
});

test('in each round every mode runs every scenario once, and each mode is first equally often', () => {
  const runs = runsOf(
    parametersOf({ scenario: ['all'], iterations: 6, coldIterations: 3, mode: ['CLASSIC', 'FUTURE_BASED'] }),
  );
  expect(runs).toHaveLength(13 * 2 * (6 + 3));
  expect(new Set(runs.map((one) => `${one.mode} ${unitOf(one)}`)).size).toBe(runs.length);
  const neighbours = Array.from({ length: runs.length / 2 }, (_none, index) =>
    runs.slice(2 * index, 2 * index + 2),
  );
  for (const [a, b] of neighbours) {
    if (a === undefined || b === undefined) throw new Error('two modes');
    expect(unitOf(a)).toBe(unitOf(b));
    expect(a.mode).not.toBe(b.mode);
  }
  const first = neighbours
    .filter(([one]) => one?.scenario.id === 'uniform' && one.start === 'warm')
    .map(([one]) => one?.mode);
  expect(first.filter((mode) => mode === 'CLASSIC')).toHaveLength(3);
  const lastWarm = runs.findLastIndex(({ start }) => start === 'warm');
  expect(runs.findIndex(({ start }) => start === 'cold')).toBe(lastWarm + 1);
});

test('the default is every mode on the natural workload; a quick look has three iterations', () => {
  expect(settingsOf(parametersOf({}))).toMatchObject({
    modes: ['CLASSIC', 'FUTURE_BASED', 'STEP_FUNCTIONS'],
    scenarios: [{ id: 'uniform' }],
    iterations: 5,
    coldIterations: 3,
    widthPx: 1920,
    heightPx: 1080,
  });
  expect(settingsOf(parametersOf({ quick: true, iterations: 50 })).iterations).toBe(3);
  expect(settingsOf(parametersOf({ mode: ['CLASSIC'], all: true })).modes).toHaveLength(3);
  expect(settingsOf(parametersOf({ delays: [1, 2, 3, 4] })).scenarios).toMatchObject([
    { id: 'custom', delaysMs: { thumbnail: 1, contour: 4 }, published: null },
  ]);
});

test('what cannot be run is refused before anything is measured', () => {
  expect(parametersSchema.safeParse({ delays: [1, 2, 3] }).success).toBe(false);
  expect(parametersSchema.safeParse({ imageSize: '480' }).success).toBe(false);
  expect(() => settingsOf(parametersOf({ scenario: ['three-fast-one-slow'], timeScale: 5 }))).not.toThrow();
  expect(() => settingsOf(parametersOf({ delays: [0, 0, 0, 20_000], timeScale: 2 }))).toThrow(UsageError);
});

test('the plan names every unit once and says what it will use', async () => {
  const { units, estimatedDurationMs, estimatedUsage } = await plan(
    parametersOf({
      scenario: ['all'],
      timeScale: 0.1,
      imageSize: '480x270',
      iterations: 20,
      coldIterations: 0,
    }),
  );
  expect(units).toHaveLength(13 * 3 * 20);
  expect(units[0]).toMatchObject({ unit: 'reversed#1' });
  expect(estimatedDurationMs).toBeGreaterThan(60_000);
  expect(estimatedUsage?.stepFunctions?.transitions).toBeGreaterThan(13 * 20 * 7);
});

test('what a stop left over is run in the order of the plan; units of other parameters are refused', () => {
  const parameters = parametersOf({ iterations: 2, coldIterations: 1 });
  const all = runsOf(parameters);
  const left = all.slice(4).map(plannedUnitOf);
  expect(plannedRunsOf(parameters, left)).toEqual(all.slice(4));
  expect(() => plannedRunsOf(parametersOf({ iterations: 1, coldIterations: 1 }), left)).toThrow(UsageError);
});
