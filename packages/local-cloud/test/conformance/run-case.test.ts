import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RecordedCase, readLine } from '../../conformance/recorded-case.ts';
import { type Account, openAccount } from '../../conformance/run/clients.ts';
import { runCase } from '../../conformance/run/run-case.ts';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { removeLater } from './support.ts';

let cloud: LocalCloud;
let account: Account;
const { folder, remove } = removeLater();
beforeAll(async () => {
  cloud = await startLocalCloud({ stateDir: folder });
  account = await openAccount(cloud);
});
afterAll(async () => {
  await cloud.stop();
  remove();
});

const CASE = {
  id: 'a case',
  group: 'g',
  kind: 'execution',
  machine_type: 'STANDARD',
  services: ['lambda'],
  self_contained: true,
  definition: {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:<partition>:lambda:<region>:111111111111:function:<function>',
        End: true,
      },
    },
  },
  input: { name: "O'Hara", list: [null, true, 1] },
  lambdas: { '<function>': { kind: 'return_format', format: 'got {event}' } },
  masks: ['snf_role_arn'],
  expected: {
    status: 'SUCCEEDED',
    output: `got {'name': "O'Hara", 'list': [None, True, 1]}`,
    error: null,
    cause: null,
    events: null,
  },
};

const run = (changes: object) =>
  runCase(readLine(JSON.stringify({ ...CASE, ...changes }), 'line 1'), account);

it('runs a case with real functions', async () => {
  expect(await run({})).toMatchObject({ kind: 'compared', comparison: { result: undefined } });
});

it('tells what differs', async () => {
  expect(await run({ expected: { ...CASE.expected, output: 'other' } })).toMatchObject({
    kind: 'compared',
    comparison: { result: { path: 'output', recorded: 'other' }, events: 'not recorded' },
  });
});

it('compares the history', async () => {
  const events: RecordedCase['expected']['events'] = [
    {
      id: 1,
      previousEventId: 0,
      type: 'ExecutionStarted',
      details_key: 'executionStartedEventDetails',
      details: { input: CASE.input, inputDetails: { truncated: false }, roleArn: 'snf_role_arn' },
    },
  ];
  expect(await run({ expected: { ...CASE.expected, events } })).toMatchObject({
    comparison: { result: undefined, types: { path: 'events.length' }, events: { path: 'events.length' } },
  });
});

it('stops an execution where the recorded test did', async () => {
  const expected = { status: 'ABORTED', output: null, error: 'Why', cause: 'Because', events: null };
  const States = { Wait: { Type: 'Wait', Seconds: 600, End: true } };
  const result = await run({
    definition: { StartAt: 'Wait', States },
    lambdas: {},
    stopped_by_test: true,
    expected,
  });
  expect(result).toMatchObject({ kind: 'compared', comparison: { result: undefined } });
});

it.each([
  ['a line that is no case', { definition: 1 }, 'failed', /definition/],
  ['a kind that is not known', { kind: 'dance' }, 'failed', /the kind dance is not known/],
  [
    'a behaviour that is not known',
    { lambdas: { '<function>': { kind: 'dance' } } },
    'not applicable',
    /dance/,
  ],
  ['a value that only the run knew', { lambdas: {} }, 'not applicable', /`<function>`/],
  [
    'a wrong refusal',
    { definition: { StartAt: 'A', States: { A: { Type: 'Dance' } } } },
    'failed',
    /InvalidDefinition/,
  ],
  [
    'what is not built and refused',
    {
      definition: {
        StartAt: 'A',
        States: { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
      },
    },
    'not applicable',
    /not built: integration of another service/,
  ],
])('says of %s what it is', async (_, changes, kind, reason) => {
  expect(await run(changes)).toMatchObject({ kind, reason: expect.stringMatching(reason) });
});
