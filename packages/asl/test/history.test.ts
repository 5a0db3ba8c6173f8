import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StatesError } from '../src/index.ts';
import { JumpingClock } from './support/jumping-clock.ts';
import { type RecordedEvent, runWorkflow } from './support/run-workflow.ts';

/** A list of lists of tasks, so many lists and so many tasks at once; each task takes the seconds that are its item. */
const NESTED = {
  StartAt: 'Outer',
  States: {
    Outer: {
      Type: 'Map',
      ItemsPath: '$.lists',
      MaxConcurrencyPath: '$.outer',
      ItemSelector: { 'list.$': '$$.Map.Item.Value', 'inner.$': '$.inner' },
      ItemProcessor: {
        StartAt: 'Inner',
        States: {
          Inner: {
            Type: 'Map',
            ItemsPath: '$.list',
            MaxConcurrencyPath: '$.inner',
            ItemProcessor: {
              StartAt: 'Work',
              States: {
                Work: {
                  Type: 'Task',
                  Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f',
                  Retry: [{ ErrorEquals: ['Once'], MaxAttempts: 1 }],
                  End: true,
                },
              },
            },
            End: true,
          },
        },
      },
      End: true,
    },
  },
};

const FAILS_FIRST = 7;
const FAILS_ALWAYS = 8;

async function run(lists: readonly (readonly number[])[], outer: number, inner: number) {
  const clock = new JumpingClock();
  const outcome = await runWorkflow(NESTED, {
    input: { lists, outer, inner },
    clock,
    tasks: {
      async run({ input, context }, signal) {
        await clock.sleep(Number(input) * 1000, signal);
        const isFirst = JSON.stringify(context).includes('"RetryCount":0');
        if (input === FAILS_ALWAYS) throw new StatesError('Broken', 'as planned');
        if (input === FAILS_FIRST && isFirst) throw new StatesError('Once', undefined);
        return Number(input) * 2;
      },
    },
  });
  expect(clock.sleeperCount).toBe(0);
  return outcome;
}

const lists = (most: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: most }), { maxLength: 6 }), { maxLength: 6 });
const concurrency = fc.integer({ min: 0, max: 4 });

test('whatever runs at once, the output is in order and the history is whole', async () => {
  await fc.assert(
    fc.asyncProperty(lists(FAILS_FIRST), concurrency, concurrency, async (items, outer, inner) => {
      const { result, events } = await run(items, outer, inner);
      const output = items.map((list) => list.map((seconds) => seconds * 2));
      expect(result).toEqual({ status: 'SUCCEEDED', output });
      expectLinked(events);
      expect(countOf(events, /StateEntered$/)).toBe(countOf(events, /StateExited$/));
      expect(countOf(events, /^MapIterationStarted$/)).toBe(countOf(events, /^MapIterationSucceeded$/));
      expect(countOf(events, /Aborted|StateFailed|IterationFailed/)).toBe(0);
    }),
  );
});

test('whatever fails at once, every iteration that began has one end and every state that was open is told', async () => {
  await fc.assert(
    fc.asyncProperty(lists(FAILS_ALWAYS), concurrency, concurrency, async (items, outer, inner) => {
      const { result, events } = await run(items, outer, inner);
      const isBroken = items.flat().includes(FAILS_ALWAYS);
      expect(result.status).toBe(isBroken ? 'FAILED' : 'SUCCEEDED');
      expectLinked(events);
      expect(countOf(events, /^MapIterationStarted$/)).toBe(
        countOf(events, /^MapIteration(Succeeded|Failed|Aborted)$/),
      );
      // The outermost Map has no line around it that could call it aborted.
      expect(countOf(events, /StateEntered$/)).toBe(
        countOf(events, /State(Exited|Aborted)$/) + (isBroken ? 1 : 0),
      );
    }),
    // The failure comes when a Map has started and none of its iterations has.
    { examples: [[[[3, 5], [2], [8], [6], [0]], 3, 1]] },
  );
});

/** Ids count up from 1, and every event follows an earlier one. */
function expectLinked(events: readonly RecordedEvent[]): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
  expect(events.filter(({ previousEventId }) => previousEventId === 0).map(({ id }) => id)).toEqual([1, 2]);
}

function countOf(events: readonly RecordedEvent[], type: RegExp): number {
  return events.filter((event) => type.test(event.type)).length;
}
