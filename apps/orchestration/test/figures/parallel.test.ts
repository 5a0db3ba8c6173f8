import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parallelFigures } from '../../src/figures/parallel.ts';
import { parallelHistory, type TaskTimes } from '../support/history.ts';

/** The lab's own execution: milliseconds after 16:47:17. The course gives three times; what lies between them is made up. */
const SPAN = { enteredAtMs: 512, exitedAtMs: 881 };
const LAB: readonly TaskTimes[] = [570, 604, 614, 590, 601].map((startedAtMs, index) => ({
  stateName: `P${index + 1}`,
  enteredAtMs: 512,
  startedAtMs,
  succeededAtMs: 870,
  exitedAtMs: 875,
  invokedAtMs: 700 + index / 2,
  finishedAtMs: 703,
}));

describe('the figures of a Parallel', () => {
  it("are the lab's own for its execution", () => {
    expect(parallelFigures(parallelHistory(SPAN, LAB))).toMatchObject({
      kind: 'complete',
      figures: {
        enteredAtMs: 512,
        lastStartedAtMs: 614,
        exitedAtMs: 881,
        fanOutDelayMs: 102,
        durationMs: 369,
        overheadPercent: expect.closeTo(27.642, 3),
        handlerFanOutDelayMs: 190,
        handlerOverheadPercent: expect.closeTo(51.491, 3),
      },
    });
  });

  it('are the same however the branches interleave', () => {
    const times = fc.integer({ min: 0, max: 10_000 });
    const task = fc
      .tuple(times, times, times, times, times, times)
      .map((atMs) => atMs.toSorted((a, b) => a - b));
    const tasks = fc.array(task, { minLength: 1, maxLength: 50 }).map((all) =>
      all.map(
        (
          [entered = 0, started = 0, invoked = 0, finished = 0, succeeded = 0, exited = 0],
          index,
        ): TaskTimes => ({
          stateName: `branch ${index}`,
          enteredAtMs: entered,
          startedAtMs: started,
          invokedAtMs: invoked,
          finishedAtMs: finished,
          succeededAtMs: succeeded,
          exitedAtMs: exited,
        }),
      ),
    );
    const span = { enteredAtMs: 0, exitedAtMs: 10_001 };
    fc.assert(
      fc.property(tasks, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (branches, draws) => {
        const mixed = parallelHistory(span, branches, (events) =>
          events
            .map((event) => ({ event, place: draws.next().value }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ event }) => event),
        );
        const result = parallelFigures(mixed);
        const expected = parallelFigures(parallelHistory(span, branches));
        if (result.kind === 'incomplete' || expected.kind === 'incomplete')
          throw new Error('Both are whole.');
        const { tasks: _inAnyOrder, ...figures } = result.figures;
        expect(expected.figures).toMatchObject(figures);
        expect(result.figures.tasks).toHaveLength(branches.length);
        expect(figures.fanOutDelayMs).toBe(Math.max(...branches.map(({ startedAtMs }) => startedAtMs)));
        expect(figures.overheadPercent).toBeLessThanOrEqual(figures.handlerOverheadPercent);
        expect(figures.handlerOverheadPercent).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('a history without the figures of a Parallel', () => {
  const whole = parallelHistory(SPAN, LAB);
  const without = (type: string) => whole.filter((event) => event.type !== type);

  it.each([
    ['no entry', without('ParallelStateEntered'), 'expected one ParallelStateEntered, found 0'],
    ['no exit', without('ParallelStateExited'), 'expected one ParallelStateExited, found 0'],
    ['no branch that ended', without('TaskSucceeded'), 'P1: expected one TaskSucceeded, found 0'],
    [
      'no time that passes',
      parallelHistory({ enteredAtMs: 5, exitedAtMs: 5 }, LAB),
      'expected ParallelStateExited after ParallelStateEntered, found 0 ms between them',
    ],
  ])('says what is missing: %s', (_what, events, missing) => {
    expect(parallelFigures(events)).toEqual({ kind: 'incomplete', missing });
  });
});
