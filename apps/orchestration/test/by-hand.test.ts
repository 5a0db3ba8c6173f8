import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { chainFigures } from '../src/figures/chain.ts';
import { parallelFigures } from '../src/figures/parallel.ts';
import { readHistory } from '../src/history/read-history.ts';
import { startExecution } from './support/start-execution.ts';
import { startTestCloud, type TestCloud } from './support/test-cloud.ts';

const { signal } = new AbortController();
let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud({ lengths: [1], widths: [1] });
});

afterAll(() => cloud.stop());

/** The same execution twice: as the app reads it, and the answer of GetExecutionHistory as it came. */
async function runTheLab(experimentType: 'CHAIN' | 'PARALLEL') {
  const input = JSON.stringify({ experiment_type: experimentType, last_step_time: Date.now() / 1000 });
  const execution = await startExecution(cloud, 'lab', input);
  const { events } = await readHistory(cloud.clients, execution, signal);
  const command = new GetExecutionHistoryCommand({ executionArn: execution.arn });
  const { events: raw = [] } = await cloud.clients.sfn.send(command);
  return { events, raw };
}

/** Milliseconds of the n-th event of a type, as a person reads them off the console's list. */
function at(raw: readonly HistoryEvent[], type: HistoryEvent['type'], index = 0): number {
  return raw.filter((event) => event.type === type)[index]?.timestamp?.getTime() ?? Number.NaN;
}

const answerSchema = z.object({
  Payload: z.object({ step_name: z.string(), last_step_time: z.number(), finished_time: z.number() }),
});

/** What the probe answered to each step. */
function answers(
  raw: readonly HistoryEvent[],
): ReadonlyMap<string, { readonly invoked: number; readonly finished: number }> {
  return new Map(
    raw.flatMap(({ taskSucceededEventDetails }) => {
      if (taskSucceededEventDetails?.output === undefined) return [];
      const { Payload } = answerSchema.parse(JSON.parse(taskSucceededEventDetails.output));
      return [[Payload.step_name, { invoked: Payload.last_step_time, finished: Payload.finished_time }]];
    }),
  );
}

describe("the lab's tables, worked out by hand from GetExecutionHistory", () => {
  it('are the figures of the chain', async () => {
    const { events, raw } = await runTheLab('CHAIN');

    const [tAStart, tBStart, tCStart] = [0, 1, 2].map((index) => at(raw, 'TaskStateEntered', index));
    const [tAEnd, tBEnd] = [0, 1].map((index) => at(raw, 'TaskSucceeded', index));
    const tCExit = at(raw, 'TaskStateExited', 2);
    if (!(tAStart && tBStart && tCStart && tAEnd && tBEnd)) throw new Error('A timestamp is missing.');
    const overheadAB = tBStart - tAEnd;
    const overheadBC = tCStart - tBEnd;
    const [a, b, c] = ['A', 'B', 'C'].map((step) => answers(raw).get(step));
    if (!(a && b && c)) throw new Error('An answer is missing.');
    const handlerAB = (b.invoked - a.finished) * 1000;
    const handlerBC = (c.invoked - b.finished) * 1000;

    const result = chainFigures(events);
    if (result.kind === 'incomplete') throw new Error(result.missing);
    const { figures } = result;
    expect(figures.tasks.map(({ stateName }) => stateName)).toEqual([
      'Chain_Step_A',
      'Chain_Step_B',
      'Chain_Step_C',
    ]);
    expect(figures.tasks.map(({ enteredAtMs }) => enteredAtMs)).toEqual([tAStart, tBStart, tCStart]);
    expect(figures.tasks.at(-1)?.exitedAtMs).toBe(tCExit);
    expect(figures.gapsMs).toEqual([overheadAB, overheadBC]);
    expect(figures.totalOverheadMs).toBe(overheadAB + overheadBC);
    expect(figures.totalInternalMs).toBe(tCExit - tAStart);
    expect(figures.overheadPercent).toBe(((overheadAB + overheadBC) / (tCExit - tAStart)) * 100);
    // Seconds since 1970 are exact to a quarter of a microsecond.
    expect(figures.handlerGapsMs[0]).toBeCloseTo(handlerAB, 2);
    expect(figures.handlerGapsMs[1]).toBeCloseTo(handlerBC, 2);
    expect(figures.handlerOverheadPercent).toBeCloseTo(
      ((handlerAB + handlerBC) / (tCExit - tAStart)) * 100,
      2,
    );
    // The handlers ran one after the other, inside their tasks: dispatch lies around the gap between the events.
    expect(figures.totalHandlerGapMs).toBeGreaterThan(figures.totalOverheadMs);
  });

  it('are the figures of the Parallel', async () => {
    const { events, raw } = await runTheLab('PARALLEL');

    const tParallelStart = at(raw, 'ParallelStateEntered');
    const tLastStarted = at(raw, 'TaskStarted', 4);
    const tParallelExit = at(raw, 'ParallelStateExited');
    const lastInvoked = Math.max(
      ...['P1', 'P2', 'P3', 'P4', 'P5'].map((step) => answers(raw).get(step)?.invoked ?? Number.NaN),
    );

    const result = parallelFigures(events);
    if (result.kind === 'incomplete') throw new Error(result.missing);
    const { figures } = result;
    expect(new Set(figures.tasks.map(({ stateName }) => stateName))).toEqual(
      new Set(['P1', 'P2', 'P3', 'P4', 'P5']),
    );
    expect(figures.enteredAtMs).toBe(tParallelStart);
    expect(figures.lastStartedAtMs).toBe(tLastStarted);
    expect(figures.exitedAtMs).toBe(tParallelExit);
    expect(figures.fanOutDelayMs).toBe(tLastStarted - tParallelStart);
    expect(figures.durationMs).toBe(tParallelExit - tParallelStart);
    expect(figures.overheadPercent).toBe(
      ((tLastStarted - tParallelStart) / (tParallelExit - tParallelStart)) * 100,
    );
    expect(figures.handlerFanOutDelayMs).toBeCloseTo(lastInvoked * 1000 - tParallelStart, 2);
    expect(figures.handlerOverheadPercent).toBeCloseTo(
      ((lastInvoked * 1000 - tParallelStart) / (tParallelExit - tParallelStart)) * 100,
      2,
    );
  });
});
