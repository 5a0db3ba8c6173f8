import { expect, test } from 'vitest';
import { analysis } from '../../src/experiment/analysis.ts';
import { charts } from '../../src/experiment/charts.ts';
import { definitionTables } from '../../src/experiment/definition-tables.ts';
import { labTables } from '../../src/experiment/lab-tables.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { labPoints, type Point, sweepPoints } from '../../src/experiment/points.ts';
import { observe } from '../../src/experiment/sample.ts';
import { summarise } from '../../src/experiment/summary.ts';
import { sweepTables } from '../../src/experiment/sweep-tables.ts';
import { usageOf } from '../../src/experiment/usage.ts';
import { verdict } from '../../src/experiment/verdict.ts';
import { chainHistory, parallelHistory } from '../support/history.ts';
import { evenChain, evenParallel, sampleOf } from './support/samples.ts';

const [chainPoint, parallelPoint] = labPoints();
if (chainPoint === undefined || parallelPoint === undefined) throw new Error('The lab has two points.');
const at = (time: string): number => Date.parse(`2025-11-03T${time}Z`);

/** The execution of the course's answered sheet. */
const courseChain = chainHistory(
  (
    [
      ['Chain_Step_A', '16:42:47.330', '16:42:47.457', '16:42:47.460'],
      ['Chain_Step_B', '16:42:47.480', '16:42:47.628', '16:42:47.630'],
      ['Chain_Step_C', '16:42:47.655', '16:42:47.813', '16:42:47.815'],
    ] as const
  ).map(([stateName, entered, succeeded, exited]) => ({
    stateName,
    enteredAtMs: at(entered),
    startedAtMs: at(entered) + 40,
    invokedAtMs: at(entered) + 50.5,
    finishedAtMs: at(succeeded) - 20.25,
    succeededAtMs: at(succeeded),
    exitedAtMs: at(exited),
  })),
);

const courseParallel = parallelHistory(
  { enteredAtMs: at('16:47:17.512'), exitedAtMs: at('16:47:17.881') },
  ['P1', 'P2', 'P3', 'P4', 'P5'].map((stateName, index) => ({
    stateName,
    enteredAtMs: at('16:47:17.540'),
    startedAtMs: at('16:47:17.614') - 10 * index,
    invokedAtMs: at('16:47:17.650') + index,
    finishedAtMs: at('16:47:17.700') + index,
    succeededAtMs: at('16:47:17.800') + index,
    exitedAtMs: at('16:47:17.870'),
  })),
);

/** Six of each, alike: a warm lab. */
const lab = Array.from({ length: 6 }, (_none, index) => [
  sampleOf(chainPoint, index + 1, courseChain),
  sampleOf(parallelPoint, index + 1, courseParallel),
]).flat();

const parameters = parametersSchema.parse({
  durationsMs: [0, 100, 10_000],
  lengths: [1, 5],
  payloadBytes: [32, 1024],
});

/** Each gap 10 ms by the events and 30 from handler to handler; 4 ms a branch; Express half of that. */
const sweep = sweepPoints(parameters).flatMap((point) =>
  Array.from({ length: 6 }, (_none, index) => sampleOf(point, index + 1, historyOf(point, 1e6 * index))),
);

function historyOf({ path, size, workMs, workflowType }: Point, atMs: number) {
  const share = workflowType === 'STANDARD' ? 1 : 0.5;
  return path === 'CHAIN'
    ? evenChain({ atMs, size, workMs, gapMs: 10 * share, dispatchMs: 10 * share })
    : evenParallel(atMs, size, 2 * size * share, workMs);
}

/** Of the whole run: intervals take time. */
const summary = summarise([...lab, ...sweep]);
const tables = [...labTables(summary.lab), ...definitionTables(summary.lab), ...sweepTables(summary.sweeps)];

test("the course's own execution gives the course's own two tables, every cell filled", () => {
  const [chain, parallel] = tables;
  expect(chain?.rows.map(([name, value]) => [name, value])).toEqual([
    ['T_A_start (raw)', '16:42:47.330'],
    ['T_A_end (raw)', '16:42:47.457'],
    ['T_B_start (raw)', '16:42:47.480'],
    ['T_B_end (raw)', '16:42:47.628'],
    ['T_C_start (raw)', '16:42:47.655'],
    ['T_C_exit (raw)', '16:42:47.815'],
    ['Overhead_AB', '23 ms'],
    ['Overhead_BC', '27 ms'],
    ['Total Orchestration Overhead', '50 ms'],
    ['Total Internal Processing Time', '485 ms'],
    ['Overhead Percentage (%)', '10.3 %'],
  ]);
  expect(parallel?.rows.map(([name, value]) => [name, value])).toEqual([
    ['T_parallel_start (raw)', '16:47:17.512'],
    ['T_last_started (raw)', '16:47:17.614'],
    ['Parallel state exit (raw)', '16:47:17.881'],
    ['Fan-out Delay', '102 ms'],
    ['Total Parallel State Duration', '369 ms'],
    ['Overhead Percentage (%)', '27.6 %'],
  ]);
  expect(chain?.note).toContain('execution:lab:CHAIN-1');
});

test('no table of a whole run has an empty cell', () => {
  for (const { rows, columns } of tables) {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toHaveLength(columns.length);
      expect(row.every((cell) => cell !== '' && !/NaN|undefined|null|Infinity/.test(cell))).toBe(true);
    }
  }
});

test('the execution shown is the one whose duration is nearest the median', () => {
  const durations = [400, 500, 610, 700, 900];
  const samples = durations.map((workMs, index) =>
    sampleOf(chainPoint, index + 1, evenChain({ atMs: 0, size: 3, workMs, gapMs: 1, dispatchMs: 1 })),
  );
  expect(summarise(samples).lab.chain.shown?.executionArn).toContain('CHAIN-3');
});

test('both definitions stand beside each other, with what lies between them', () => {
  const rows = tables.find(({ id }) => id === 'definitions')?.rows ?? [];
  // 23 ms and 27 ms; and before and after the gap the answer's way back, 20.25 ms, and the dispatch, 50.5 ms.
  expect(rows[1]?.slice(1, 4).map((cell) => Number.parseFloat(cell))).toEqual([50, 192, 142]);
});

test('the parts of a hand-over add up to it: way back, event gap, scheduling, dispatch', () => {
  const rows = tables.find(({ id }) => id === 'hand-over')?.rows ?? [];
  // 23 and 27 ms between the events; each task was started 40 ms after it was entered, and ran 10.5 ms later.
  expect(rows.map((row) => Number.parseFloat(row[2] ?? ''))).toEqual([20.3, 25, 40, 10.5, 95.8]);
  expect(rows.at(-1)?.[3]).toBe('100.0 %');
});

test('a sweep of a known cost gives that cost: slopes, ratios, and the durations from which it does not matter', () => {
  const growth = tables.find(({ id }) => id === 'growth')?.rows ?? [];
  expect(growth.map((row) => [row[0], row[1], Number.parseFloat(row[3] ?? '')])).toEqual([
    ['one more task', 'Standard', 30],
    ['one more task', 'Express', 15],
    ['one more branch', 'Standard', 4],
    ['one more branch', 'Express', 2],
    ['64 KiB more of payload', 'Standard', 0],
    ['64 KiB more of payload', 'Express', 0],
  ]);
  const types = tables.find(({ id }) => id === 'standard-and-express')?.rows ?? [];
  expect(types[0]?.slice(1, 4)).toEqual([
    '30.0 (30.0 to 30.0)',
    '15.0 (15.0 to 15.0)',
    '2.00x (2.00 to 2.00)',
  ]);
  // Sixty of 80 + 3 w are ten percent where w is 173.3, and one percent where it is 1973.3.
  const [standard] = summary.crossings;
  expect(standard?.handler).toMatchObject([
    { percent: 10, crossing: { kind: 'from', workMs: expect.closeTo(173.33, 1), between: [100, 10_000] } },
    { percent: 1, crossing: { kind: 'from', workMs: expect.closeTo(1973.3, 0), between: [100, 10_000] } },
  ]);
});

test('the verdict and the written analysis say the figures of the run, and where it ran', () => {
  const { headline, sentences } = verdict(summary);
  expect(headline).toBe(
    "On cloud (local) a hand-over from one function to the next takes 95.8 ms (95 % interval 93.8 to 97.8 ms) from handler to handler; by the lab's event gap it is 25 ms (95 % interval 23.0 to 27.0 ms).",
  );
  expect(sentences.join(' ')).toContain('not those of AWS');
  const sections = analysis(summary);
  expect(sections.map(({ title }) => title)).toEqual([
    'Typical thinking time, and the delay of the fan-out',
    'Why the two definitions differ',
    'Why short functions suffer most',
    'How the fan-out grows with the width',
    'Length, payload, and type of machine',
    'A trap in the percentages of the lab',
    "Pheromone's critique, weighed",
  ]);
  const text = sections.flatMap(({ paragraphs }) => paragraphs).join('\n');
  expect(text).not.toMatch(/NaN|undefined|null|not known/);
  expect(text).toContain('10.3 % of a processing time of 485 ms');
  // 102 of 369 ms, against the 267 ms of the rest.
  expect(text).toContain('it is 38.2 % here instead of 27.6 %');
  expect(text).toContain('No step shows between neighbouring widths (16 to 18, 18 to 20 branches)');
  expect(text).toContain('Express is faster: 2.00x');
  expect(text).toContain('from a task duration of about 173 ms on');
  expect(text).toContain('arXiv 2109.13492');
});

test('without executions of both there is no verdict, and nothing is made up', () => {
  const empty = summarise([]);
  expect(verdict(empty).headline).toMatch(/^No verdict: 0 executions of CHAIN/);
  expect(analysis(empty)).toEqual([]);
  expect([...labTables(empty.lab), ...definitionTables(empty.lab), ...sweepTables(empty.sweeps)]).toEqual([]);
  expect(charts(empty, []).map(({ id }) => id)).toContain('part2_sfn_events_chain');
});

test('the event lists mark the timestamps that the tables use', () => {
  const all = charts(summary, [...lab, ...sweep]);
  const usedIn = (id: string) =>
    (all.find((chart) => chart.id === id)?.table.rows ?? []).flatMap((row) =>
      row.at(-1) ? [row.at(-1)] : [],
    );
  expect(usedIn('part2_sfn_events_chain')).toEqual([
    'T_A_start',
    'T_A_end',
    'T_B_start',
    'T_B_end',
    'T_C_start',
    'T_C_exit',
  ]);
  expect(usedIn('part2_sfn_events_parallel')).toEqual([
    'T_parallel_start',
    'T_last_started',
    'Parallel state exit',
  ]);
});

test('of branches that start in the same millisecond the one that stands last in the list is marked', () => {
  const together = parallelHistory(
    { enteredAtMs: 0, exitedAtMs: 50 },
    ['P1', 'P2'].map((stateName) => ({
      stateName,
      enteredAtMs: 1,
      startedAtMs: 5,
      invokedAtMs: 6,
      finishedAtMs: 7,
      succeededAtMs: 8,
      exitedAtMs: 9,
    })),
  );
  const samples = [sampleOf(parallelPoint, 1, together)];
  const list = charts(summarise(samples), samples).find(({ id }) => id === 'part2_sfn_events_parallel');
  expect(list?.table.rows.find((row) => row.at(-1) === 'T_last_started')?.[2]).toBe('P2');
});

test('a row says what ran, whether it was cold, and whether its tasks waited', () => {
  const row = sampleOf(chainPoint, 1, courseChain);
  expect(observe(row)).toMatchObject({
    durationMs: 485,
    outcome: 'succeeded',
    start: 'warm',
    didWork: true,
    variant: { expected: 'STANDARD CHAIN of 3', actual: 'STANDARD CHAIN of 3' },
    isCompared: true,
  });
  expect(observe({ ...row, coldEnvironments: 1 })).toMatchObject({ start: 'cold', isCompared: false });
  expect(observe({ ...row, phase: 'warm-up' })).toMatchObject({ isCompared: false });
  expect(observe({ ...row, workMs: 1000 })).toMatchObject({ didWork: false });
  expect(observe(sampleOf(parallelPoint, 1, courseChain)).variant).toEqual({
    expected: 'STANDARD PARALLEL of 5',
    actual: 'STANDARD CHAIN of 3',
  });
  const failed = { ...row, status: 'FAILED', events: '[]', error: 'States.TaskFailed' };
  expect(observe(failed)).toMatchObject({ outcome: 'failed', durationMs: null, isCompared: true });
});

test('the bill counts every state entered, Express by its time, and warm-up too', () => {
  const express = sampleOf({ ...chainPoint, workflowType: 'EXPRESS', part: 'length' }, 1, courseChain);
  const usage = usageOf([...lab, { ...express, phase: 'warm-up' }]);
  expect(usage).toEqual({
    lambda: [
      { architecture: 'x86_64', memoryMb: 128, requests: 6 * 8 + 3, billedMs: 2 * (6 * 8 + 3) },
      { architecture: 'x86_64', memoryMb: 256, requests: 12, billedMs: 120 },
    ],
    // Three tasks of a chain; five branches and the Parallel itself. (These histories have no Choice.)
    stepFunctions: {
      transitions: 6 * (3 + 6),
      express: [{ executions: 1, durationMs: 500, memoryMb: 64 }],
    },
    apiGateway: { restRequests: 12 },
    logs: { ingestedBytes: 500 * (6 * 8 + 3) },
  });
  // A state that was entered and never left is a transition all the same.
  const broken = courseChain.filter(({ type }) => type !== 'TaskStateExited');
  expect(usageOf([sampleOf(chainPoint, 1, broken, { status: 'FAILED' })])).toMatchObject({
    stepFunctions: { transitions: 3 },
  });
});
