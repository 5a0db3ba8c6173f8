import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chainFigures } from '../../src/figures/chain.ts';
import { chainHistory, event, numbered, type TaskTimes, taskEvents } from '../support/history.ts';

/** The lab's own execution: milliseconds after 16:42:47. The course gives no times of handlers; these are made up. */
const LAB: readonly TaskTimes[] = [
  {
    stateName: 'A',
    enteredAtMs: 330,
    startedAtMs: 350,
    succeededAtMs: 457,
    exitedAtMs: 470,
    invokedAtMs: 400.5,
    finishedAtMs: 401.25,
  },
  {
    stateName: 'B',
    enteredAtMs: 480,
    startedAtMs: 500,
    succeededAtMs: 628,
    exitedAtMs: 640,
    invokedAtMs: 560.25,
    finishedAtMs: 561,
  },
  {
    stateName: 'C',
    enteredAtMs: 655,
    startedAtMs: 680,
    succeededAtMs: 805,
    exitedAtMs: 815,
    invokedAtMs: 741,
    finishedAtMs: 741.5,
  },
];

describe('the figures of a chain', () => {
  it("are the lab's own for its execution", () => {
    const result = chainFigures(chainHistory(LAB));

    expect(result).toMatchObject({
      kind: 'complete',
      figures: {
        gapsMs: [23, 27],
        totalOverheadMs: 50,
        totalInternalMs: 485,
        overheadPercent: expect.closeTo(10.309, 3),
        handlerGapsMs: [159, 180],
        totalHandlerGapMs: 339,
        handlerOverheadPercent: expect.closeTo(69.897, 3),
      },
    });
    expect(result.kind === 'complete' && result.figures.tasks.map(({ stateName }) => stateName)).toEqual([
      'A',
      'B',
      'C',
    ]);
  });

  it('of one task have no gap', () => {
    expect(chainFigures(chainHistory(LAB.slice(0, 1)))).toMatchObject({
      kind: 'complete',
      figures: {
        gapsMs: [],
        handlerGapsMs: [],
        totalOverheadMs: 0,
        overheadPercent: 0,
        totalInternalMs: 140,
      },
    });
  });

  const tasks = fc
    .array(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 6, maxLength: 6 }), {
      minLength: 1,
      maxLength: 20,
    })
    .map((steps) => {
      let atMs = 0;
      const next = (stepMs = 0) => (atMs += stepMs);
      return steps.map(([a, b, c, d, e, f], index): TaskTimes => {
        const enteredAtMs = next(a);
        const startedAtMs = next(b);
        const invokedAtMs = next(c);
        const finishedAtMs = next(d);
        const succeededAtMs = next(e);
        // One millisecond at least, so that there is a time of which the overhead is a share.
        return {
          stateName: `step ${index}`,
          enteredAtMs,
          startedAtMs,
          invokedAtMs,
          finishedAtMs,
          succeededAtMs,
          exitedAtMs: next((f ?? 0) + 1),
        };
      });
    });

  it('do not depend on the order in which the events are given, and add up', () => {
    const history = tasks.map(chainHistory);
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const result = chainFigures(events);
          expect(chainFigures(shuffled)).toEqual(result);
          if (result.kind === 'incomplete') throw new Error(result.missing);
          const {
            gapsMs,
            handlerGapsMs,
            totalOverheadMs,
            totalHandlerGapMs,
            overheadPercent,
            handlerOverheadPercent,
          } = result.figures;
          expect(gapsMs).toHaveLength(result.figures.tasks.length - 1);
          // What the dispatch takes lies around the gap between the events.
          for (const [index, gapMs] of gapsMs.entries())
            expect(handlerGapsMs[index]).toBeGreaterThanOrEqual(gapMs);
          expect(totalHandlerGapMs).toBeGreaterThanOrEqual(totalOverheadMs);
          expect(overheadPercent).toBeGreaterThanOrEqual(0);
          expect(overheadPercent).toBeLessThanOrEqual(handlerOverheadPercent);
          expect(handlerOverheadPercent).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('a history without the figures of a chain', () => {
  const whole = chainHistory(LAB);
  const without = (id: number) => whole.filter((candidate) => candidate.id !== id);

  it.each([
    ['no event', [], 'expected ExecutionSucceeded, but the execution has not ended'],
    ['no end', whole.slice(0, -1), 'expected ExecutionSucceeded, but the execution has not ended'],
    ['no TaskStarted of B', without(9), 'B: expected one TaskStarted, found 0'],
    ['no TaskStateExited of C', without(16), 'C: expected one TaskStateExited, found 0'],
    [
      'a task that was tried twice',
      [...whole, { ...event('TaskStarted', 1, 'A'), id: 99, previousId: 3 }],
      'A: expected one TaskStarted, found 2',
    ],
    [
      'no task',
      numbered([event('ExecutionStarted', 0), event('ExecutionSucceeded', 1)]),
      'expected at least one task, found none',
    ],
    [
      'a task that timed out',
      numbered([
        event('ExecutionStarted', 0),
        event('TaskStateEntered', 1, 'A'),
        event('TaskTimedOut', 9, 'A'),
        event('ExecutionFailed', 9),
      ]),
      'expected no failure, found TaskTimedOut (event 3 of A)',
    ],
    [
      'an execution that was stopped',
      numbered([event('ExecutionStarted', 0), event('ExecutionAborted', 9)]),
      'expected no failure, found ExecutionAborted (event 2)',
    ],
    [
      'a Parallel',
      [...whole, { ...event('ParallelStateEntered', 1, 'P'), id: 99, previousId: 1 }],
      'expected a chain, found the Parallel P',
    ],
    [
      'another answer than the probe gives',
      whole.map((candidate) => ({ ...candidate, probe: null })),
      "A: expected the probe's answer in its TaskSucceeded, found none",
    ],
    [
      'an event of a task of no state',
      whole.map((candidate) => (candidate.id === 9 ? { ...candidate, stateName: null } : candidate)),
      'expected every event of a task to belong to a state, found TaskStarted (event 9)',
    ],
    [
      'no time that passes',
      numbered([
        ...taskEvents({
          stateName: 'A',
          enteredAtMs: 7,
          startedAtMs: 7,
          succeededAtMs: 7,
          exitedAtMs: 7,
          invokedAtMs: 7,
          finishedAtMs: 7,
        }),
        event('ExecutionSucceeded', 7),
      ]),
      'expected T_exit after T_start, found 0 ms between them',
    ],
  ])('says what is missing: %s', (_what, events, missing) => {
    expect(chainFigures(events)).toEqual({ kind: 'incomplete', missing });
  });
});
