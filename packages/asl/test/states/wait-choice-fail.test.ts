import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/index.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { runWorkflow } from '../support/run-workflow.ts';

const MONTH_MS = 31 * 24 * 60 * 60 * 1000;

async function run(state: object, input: Json = {}, more: object = {}) {
  const clock = new JumpingClock();
  const startedMs = clock.now();
  const { result, events } = await runWorkflow(
    { StartAt: 'S', States: { S: state, ...more } },
    { input, clock },
  );
  return { result, events, waitedMs: clock.now() - startedMs };
}

function causeOf(sentence: string): string {
  return `An error occurred while executing the state 'S' (entered at the event id #2). ${sentence}`;
}

describe('Wait', () => {
  const wait = (fields: object) => ({ Type: 'Wait', ...fields, End: true });

  test.each([
    ['Seconds', { Seconds: 5 }, {}, 5000],
    ['SecondsPath', { SecondsPath: '$.n' }, { n: 7 }, 7000],
    ['Timestamp', { Timestamp: '2026-01-01T00:01:00Z' }, {}, 60_000],
    ['TimestampPath', { TimestampPath: '$.t' }, { t: '2026-01-01T02:00:30+02:00' }, 30_000],
    ['a past Timestamp', { Timestamp: '2020-01-01T00:00:00Z' }, {}, 0],
    ['months, which are more than a timer takes', { Seconds: (3 * MONTH_MS) / 1000 }, {}, 3 * MONTH_MS],
    [
      'Seconds of JSONata',
      { QueryLanguage: 'JSONata', Seconds: '{% $states.input.n * 2 %}' },
      { n: 2 },
      4000,
    ],
    [
      'Timestamp of JSONata',
      { QueryLanguage: 'JSONata', Timestamp: '{% $states.input.t %}' },
      { t: '2026-01-01T00:00:10Z' },
      10_000,
    ],
  ])('%s', async (_name, fields, input, expectedMs) => {
    const { result, waitedMs } = await run(wait(fields), input);
    expect(result).toEqual({ status: 'SUCCEEDED', output: input });
    expect(waitedMs).toBe(expectedMs);
  });

  test.each([
    [{ SecondsPath: '$.n' }, {}, 'The SecondsPath parameter does not reference an input value: $.n'],
    [{ SecondsPath: '$.n' }, { n: -1 }, 'The SecondsPath parameter references a negative value: $.n == -1'],
    [
      { SecondsPath: '$.n' },
      { n: 1.5 },
      'The SecondsPath parameter cannot be parsed as a long value: $.n == 1.5',
    ],
    [
      { TimestampPath: '$.t' },
      { t: '2026-02-30T00:00:00Z' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 2026-02-30T00:00:00Z',
    ],
  ])('%j with %j fails', async (fields, input, sentence) => {
    const { result, events } = await run(wait(fields), input);
    expect(result).toEqual({ status: 'FAILED', error: 'States.Runtime', cause: causeOf(sentence) });
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', previousEventId: 2 });
  });

  test('seconds that are no number fail as JSONata fields do', async () => {
    const { result, events } = await run(
      wait({ QueryLanguage: 'JSONata', Seconds: '{% $states.input.n %}' }),
      { n: 'soon' },
    );
    const cause = causeOf(
      "The JSONata expression '$states.input.n' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"soon\"",
    );
    expect(result).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
    expect(events[2]).toMatchObject({ type: 'EvaluationFailed', previousEventId: 2 });
  });
});

describe('Choice', () => {
  const ends = { T: { Type: 'Pass', Result: 'T', End: true }, D: { Type: 'Pass', Result: 'D', End: true } };
  const rules = [
    { Variable: '$.n', NumericGreaterThan: 10, Next: 'T', Assign: { 'n.$': '$.n' }, Comment: 'large' },
    { And: [{ Variable: '$.n', NumericEquals: 5 }], Next: 'T' },
  ];

  test('takes the first rule that holds, else Default', async () => {
    const state = { Type: 'Choice', Choices: rules, Default: 'D', Assign: { n: 'small' } };
    for (const [n, expected, assigned] of [
      [11, 'T', '11'],
      [5, 'T', undefined],
      [1, 'D', '"small"'],
    ] as const) {
      const { result, events } = await run(state, { n }, ends);
      expect(result).toEqual({ status: 'SUCCEEDED', output: expected });
      expect(events[2]?.details?.['assignedVariables']).toEqual(assigned && { n: assigned });
    }
  });

  test('fails where nothing holds and there is no Default', async () => {
    const { result } = await run({ Type: 'Choice', Choices: rules }, { n: 1 }, { T: ends.T });
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: causeOf('Failed to transition out of the state. The state does not point to a next state.'),
    });
  });

  test('a Condition must be a boolean; its place is told', async () => {
    const Choices = [
      { Condition: '{% false %}', Next: 'T' },
      { Condition: '{% 1 %}', Next: 'T' },
    ];
    const { events } = await run(
      { Type: 'Choice', QueryLanguage: 'JSONata', Choices, Default: 'D' },
      {},
      ends,
    );
    expect(events[2]?.details).toMatchObject({
      location: 'Choices[1]/Condition',
      cause: causeOf(
        "The JSONata expression '1' specified for the field 'Choices[1]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
      ),
    });
  });

  test("a rule's Output and Assign hold, not the state's", async () => {
    const Choices = [{ Condition: true, Next: 'T', Output: '{% 1 + 1 %}' }];
    const state = { Type: 'Choice', QueryLanguage: 'JSONata', Choices, Output: 'default', Assign: { x: 1 } };
    const { events } = await run(state, {}, { T: ends.T });
    expect(events[2]?.details).toEqual({ name: 'S', output: '2', outputDetails: { truncated: false } });
  });
});

describe('Fail', () => {
  test.each([
    [{}, undefined, undefined],
    [{ Error: 'E', Cause: 'c' }, 'E', 'c'],
    [{ ErrorPath: '$.e', CausePath: "States.Format('got {}', $.e)" }, 'oops', 'got oops'],
    [{ QueryLanguage: 'JSONata', Error: "{% $states.input.e & '!' %}" }, 'oops!', undefined],
  ])('%j', async (fields, error, cause) => {
    const { result, events } = await run({ Type: 'Fail', ...fields }, { e: 'oops' });
    expect(result).toEqual({ status: 'FAILED', error, cause });
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', previousEventId: 2 });
    expect(events.at(-1)?.details).toEqual({
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
  });
});

test('Succeed ends with its input through OutputPath, or with Output', async () => {
  expect((await run({ Type: 'Succeed', OutputPath: '$.a' }, { a: 1 })).result).toMatchObject({ output: 1 });
  const jsonata = { Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% $states.input.a %}' };
  expect((await run(jsonata, { a: 1 })).result).toMatchObject({ output: 1 });
});
