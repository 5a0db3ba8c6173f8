import type { Json } from '@skyground/asl';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Handler } from '../src/node/call-handler.ts';
import type { Mode } from '../src/session.ts';
import { readWorkflow } from '../src/workflow.ts';
import { runInOne, work } from './support/run-in-one.ts';
import { noPlaceholder, runSchedule } from './support/run-schedule.ts';

const SCHEDULES = 200;
/** Outputs that lie in the fan-in's item, in a checkpoint of their own, and in the bucket. */
const SIZES = [10, 10, 10, 10, 10, 10, 10, 6_000, 6_000, 400_000] as const;

/** A late duplicate whose event lay in the bucket: it had written before it crashed, and its second try found the event collected. */
const LOST_EVENT: [Mode, (typeof SIZES)[number], number, boolean, number] = [
  'CLASSIC',
  400_000,
  1,
  true,
  -524_059_846,
];

const task = (more: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:lambda:us-east-1:1:function:work',
  ...more,
});
const own = { 'items.$': '$.items', 'failures.$': '$.failures', error: 'Broken' };

/** The shape of the image pipeline: one branch has two nodes, one none, one fails as often as the input says. */
const PIPELINE = {
  StartAt: 'Load',
  States: {
    Load: task({ Parameters: { 'items.$': '$.items' }, ResultPath: null, Next: 'Fan' }),
    Fan: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Quick', States: { Quick: task({ Parameters: { 'items.$': '$.items' }, End: true }) } },
        {
          StartAt: 'First',
          States: {
            First: task({ Parameters: { 'items.$': '$.items' }, ResultPath: null, Next: 'Second' }),
            Second: task({ Parameters: { 'items.$': '$.items' }, End: true }),
          },
        },
        { StartAt: 'Flaky', States: { Flaky: task({ Parameters: own, ResultPath: '$.work', End: true }) } },
        { StartAt: 'Same', States: { Same: { Type: 'Pass', End: true } } },
      ],
      ResultPath: '$.parts',
      Next: 'Publish',
    },
    Publish: task({ Parameters: { 'parts.$': '$.parts' }, ResultPath: '$.published', Next: 'After' }),
    After: task({ Parameters: { 'published.$': '$.published' }, ResultPath: '$.after', End: true }),
  },
};

/** Its failure is caught while its aggregator may be at work. */
const DEFINITION = {
  StartAt: 'Whole',
  States: {
    Whole: {
      Type: 'Parallel',
      Branches: [PIPELINE],
      Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.caught', Next: 'Recover' }],
      End: true,
    },
    Recover: task({ Parameters: { 'error.$': '$.caught.Error' }, End: true }),
  },
};

test('a pipeline with futures survives any schedule, outputs of any size and a branch that fails', async () => {
  const met = { schedules: 0, crashes: 0, duplicates: 0, startedEarly: 0, cutOff: 0, objects: 0 };
  const workflow = await readWorkflow(DEFINITION, noPlaceholder);
  const expected = new Map<string, unknown>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Mode>('CLASSIC', 'FUTURE_BASED'),
      fc.constantFrom(...SIZES),
      fc.constantFrom(0, 0, 1),
      fc.boolean(),
      fc.integer(),
      async (mode, size, failures, collectsGarbage, seed) => {
        const input = { items: ['x'.repeat(size)], failures };
        const known = expected.get(JSON.stringify([size, failures])) ?? (await runInOne(workflow, input));
        expected.set(JSON.stringify([size, failures]), known);
        const schedule = { workflow, handler: work, input, mode, collectsGarbage, seed };
        const { result, records } = await runSchedule(schedule, met);
        // Step Functions has a limit of 256 KB that this runtime has not.
        if (size < 256_000) expect(result).toEqual(known);
        else expect(result).toMatchObject({ status: 'SUCCEEDED' });
        met.cutOff += records.filter(({ outcome }) => outcome === 'cut off').length;
        met.objects += records.filter(({ objectWrites }) => objectWrites > 0).length;
      },
    ),
    { numRuns: SCHEDULES, examples: [LOST_EVENT] },
  );
  expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
});

test('an aggregator that does not touch an input does not wait for it', async () => {
  const workflow = await readWorkflow(DEFINITION, noPlaceholder);
  const met = { schedules: 0, crashes: 0, duplicates: 0, startedEarly: 0 };
  const untouching: Handler = async (event, context): Promise<Json> => {
    const isPublish = JSON.stringify(event).includes('parts');
    return isPublish ? { touched: 'none' } : work(event, context);
  };
  let early = 0;
  for (let seed = 0; seed < 50; seed += 1) {
    const input = { items: [], failures: 0 };
    const schedule = {
      workflow,
      handler: untouching,
      input,
      mode: 'FUTURE_BASED',
      collectsGarbage: true,
      seed,
    } as const;
    const { result, records } = await runSchedule(schedule, met);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    const publish = records.find(({ node, outcome }) => node.endsWith('/Publish') && outcome === 'ran');
    if ((publish?.preResolved ?? 4) < 4) early += 1;
  }
  expect(early).toBeGreaterThan(0);
});

test('what chance and time said once holds for who comes again', async () => {
  const jsonata = { QueryLanguage: 'JSONata' };
  const drawn = { id: '{% $states.input.id %}', at: '{% $states.input.at %}' };
  const branch = (name: string) => ({
    StartAt: `${name}?`,
    States: {
      [`${name}?`]: {
        ...jsonata,
        Type: 'Choice',
        Choices: [{ Condition: '{% $random() < 0.5 %}', Next: `${name} one` }],
        Default: `${name} other`,
      },
      [`${name} one`]: task({ ...jsonata, Arguments: drawn, End: true }),
      [`${name} other`]: task({ ...jsonata, Arguments: drawn, End: true }),
    },
  });
  const fan = {
    ...jsonata,
    Type: 'Parallel',
    Arguments: { id: '{% $uuid() %}', at: '{% $millis() %}' },
    Branches: [branch('A'), branch('B'), branch('C')],
    End: true,
  };
  const definition = { StartAt: 'Load', States: { Load: task({ Next: 'Fan' }), Fan: fan } };
  const workflow = await readWorkflow(definition, noPlaceholder);
  const met = { schedules: 0, crashes: 0, duplicates: 0, startedEarly: 0 };
  for (let seed = 0; seed < 60; seed += 1) {
    const schedule = {
      workflow,
      handler: work,
      input: {},
      mode: 'CLASSIC',
      collectsGarbage: false,
      seed,
    } as const;
    const { records } = await runSchedule(schedule, met);
    const nodes = new Set(records.map(({ node }) => node));
    expect(nodes.size, 'nodes that any event came to').toBe(4);
  }
});

test('lines without a task leave nothing behind when one of them fails', async () => {
  const pass = { StartAt: 'Same', States: { Same: { Type: 'Pass', End: true } } };
  const fail = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Broken' } } };
  const inner = { StartAt: 'Fan', States: { Fan: { Type: 'Parallel', Branches: [pass, pass], End: true } } };
  const definition = {
    StartAt: 'Fan',
    States: { Fan: { Type: 'Parallel', Branches: [inner, fail, inner], End: true } },
  };
  const workflow = await readWorkflow(definition, noPlaceholder);
  const met = { schedules: 0, crashes: 0, duplicates: 0, startedEarly: 0 };
  for (let seed = 0; seed < 20; seed += 1) {
    const schedule = {
      workflow,
      handler: work,
      input: {},
      mode: 'CLASSIC',
      collectsGarbage: true,
      seed,
    } as const;
    expect((await runSchedule(schedule, met)).result).toEqual({ status: 'FAILED', error: 'Broken' });
  }
});
