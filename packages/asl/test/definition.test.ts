import { describe, expect, test } from 'vitest';
import { parseDefinition } from '../src/index.ts';

function diagnosticsOf(
  definition: object | string,
): readonly { code: string; message: string; location: string | undefined }[] {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const parsed = parseDefinition(text);
  return parsed.ok ? [] : parsed.diagnostics;
}

function machineOf(state: object, more: object = {}): object {
  return { StartAt: 'S', States: { S: state, ...more } };
}

const task = (resource: string, more: object = {}) =>
  machineOf({ Type: 'Task', Resource: resource, ...more, End: true });
const LAMBDA = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

test('takes every state and integration that is built', () => {
  for (const resource of [
    LAMBDA,
    'arn:aws:states:::lambda:invoke',
    'arn:aws:states:::dynamodb:putItem',
    'arn:aws:states:::states:startExecution',
    'arn:aws:states:::states:startExecution.sync',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::aws-sdk:dynamodb:query',
    'arn:aws:states:::aws-sdk:s3:getObject',
    'arn:aws:states:::aws-sdk:sfn:startExecution',
    'arn:aws:states:::aws-sdk:lambda:invoke',
  ]) {
    expect(diagnosticsOf(task(resource)), resource).toEqual([]);
  }
});

describe('refuses by name what is not built', () => {
  const map = (more: object, processor: object = {}) =>
    machineOf({ Type: 'Map', ItemProcessor: { ...pass, ...processor }, ...more, End: true });
  const distributed = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
  const reader = { Resource: 'arn:aws:states:::s3:getObject' };

  test.each([
    ['activity:a', task('arn:aws:states:us-east-1:111111111111:activity:a'), '/States/S/Resource'],
    [
      'lambda:invoke.waitForTaskToken',
      task('arn:aws:states:::lambda:invoke.waitForTaskToken'),
      '/States/S/Resource',
    ],
    ['sqs:sendMessage', task('arn:aws:states:::sqs:sendMessage'), '/States/S/Resource'],
    ['aws-sdk:ec2:runInstances', task('arn:aws:states:::aws-sdk:ec2:runInstances'), '/States/S/Resource'],
    ['ecs:runTask.sync', task('arn:aws:states:::ecs:runTask.sync'), '/States/S/Resource'],
    ['HeartbeatSeconds', task(LAMBDA, { HeartbeatSeconds: 5 }), '/States/S/HeartbeatSeconds'],
    ['HeartbeatSecondsPath', task(LAMBDA, { HeartbeatSecondsPath: '$.x' }), '/States/S/HeartbeatSecondsPath'],
    ['DISTRIBUTED', map({}, distributed), '/States/S/ItemProcessor/ProcessorConfig/Mode'],
    ['ItemReader', map({ ItemReader: reader }), '/States/S/ItemReader'],
    ['ItemBatcher', map({ ItemBatcher: { MaxItemsPerBatch: 2 } }), '/States/S/ItemBatcher'],
    ['ResultWriter', map({ ResultWriter: reader }), '/States/S/ResultWriter'],
  ])('%s', (name, definition, location) => {
    const [finding, ...others] = diagnosticsOf(definition);
    expect(finding).toMatchObject({ severity: 'ERROR', code: 'NOT_IMPLEMENTED', location });
    expect(finding?.message).toContain(name);
    expect(others).toEqual([]);
  });

  test('inside a branch, with its place', () => {
    const inner = task('arn:aws:states:::sns:publish');
    const [finding] = diagnosticsOf(machineOf({ Type: 'Parallel', Branches: [pass, inner], End: true }));
    expect(finding?.location).toBe('/States/S/Branches[1]/States/S/Resource');
  });
});

describe('names what is wrong and where', () => {
  test.each([
    ['no JSON', '{', 'INVALID_JSON_DESCRIPTION', undefined],
    ['no object', '[]', 'INVALID_JSON_DESCRIPTION', undefined],
    [
      'an unknown field',
      machineOf({ Type: 'Pass', Timeout: 5, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S',
    ],
    ['an unknown field of the machine', { ...pass, Name: 'm' }, 'SCHEMA_VALIDATION_FAILED', ''],
    [
      'something inside States that is no state',
      machineOf({ Type: 'Succeed' }, { note: 'a text' }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/note',
    ],
    ['an unknown type', machineOf({ Type: 'Loop', End: true }), 'SCHEMA_VALIDATION_FAILED', '/States/S/Type'],
    [
      'a JSONata field in JSONPath',
      machineOf({ Type: 'Pass', Output: 1, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S',
    ],
    [
      'JSONPath inside a JSONata machine',
      { ...machineOf({ Type: 'Pass', QueryLanguage: 'JSONPath', End: true }), QueryLanguage: 'JSONata' },
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/QueryLanguage',
    ],
    [
      'a target that is missing',
      machineOf({ Type: 'Pass', Next: 'Nowhere' }),
      'MISSING_TRANSITION_TARGET',
      '/States/S/Next',
    ],
    [
      'a target of Catch that is missing',
      task(LAMBDA, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nowhere' }] }),
      'MISSING_TRANSITION_TARGET',
      '/States/S/Catch[0]/Next',
    ],
    [
      'a target outside the branch',
      machineOf(
        {
          Type: 'Map',
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', Next: 'T' } } },
          Next: 'T',
        },
        { T: { Type: 'Succeed' } },
      ),
      'MISSING_TRANSITION_TARGET',
      '/States/S/ItemProcessor/States/P/Next',
    ],
    [
      'a state that is never reached',
      machineOf({ Type: 'Succeed' }, { T: { Type: 'Succeed' } }),
      'MISSING_TRANSITION_TARGET',
      '/States/T',
    ],
    [
      'a variable of the outer scope',
      machineOf({
        Type: 'Parallel',
        Assign: { x: 1 },
        Branches: [{ StartAt: 'P', States: { P: { Type: 'Pass', Assign: { 'x.$': '$' }, End: true } } }],
        End: true,
      }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Branches[0]/States/P/Assign',
    ],
    [
      'States.ALL that does not come last',
      task(LAMBDA, { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Retry',
    ],
    [
      'a path that is none',
      machineOf({ Type: 'Pass', InputPath: '$.[', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/InputPath',
    ],
    [
      'a ResultPath that names more than one place',
      machineOf({ Type: 'Pass', ResultPath: '$.a[*]', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/ResultPath',
    ],
    [
      'an intrinsic function that there is not',
      machineOf({ Type: 'Pass', Parameters: { list: [{ 'x.$': 'States.Nothing($.a)' }] }, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Parameters/list[0]/x.$',
    ],
    [
      'a path of a choice that is none',
      machineOf(
        { Type: 'Choice', Choices: [{ And: [{ Variable: '$.a b', IsNull: true }], Next: 'T' }] },
        { T: { Type: 'Succeed' } },
      ),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Choices[0]',
    ],
    [
      'JSONata that is none',
      machineOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 + %}', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Output',
    ],
    [
      'a JSONata expression that is not closed',
      machineOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: ['{% 1'] }, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Output/a[0]',
    ],
    [
      'JSONata that is none where a number may stand',
      task(LAMBDA, { QueryLanguage: 'JSONata', TimeoutSeconds: '{% ( %}' }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/TimeoutSeconds',
    ],
    [
      'a member that a template would have twice',
      machineOf({ Type: 'Pass', Assign: { x: 1, 'x.$': '$' }, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Assign/x.$',
    ],
    [
      'a variable whose name is no identifier',
      machineOf({ Type: 'Pass', Assign: { '1st': 1 }, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Assign/1st',
    ],
    [
      'a Timestamp that is none',
      machineOf({ Type: 'Wait', Timestamp: '2026-02-30T00:00:00Z', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Timestamp',
    ],
    ['a state without an end', machineOf({ Type: 'Pass' }), 'TERMINAL_STATE_WITH_NEXT', undefined],
    [
      'a Wait with two ends',
      machineOf({ Type: 'Wait', Seconds: 1, TimestampPath: '$.t', End: true }),
      'WAIT_DURATION',
      undefined,
    ],
  ])('%s', (_name, definition, code, location) => {
    expect(diagnosticsOf(definition)).toContainEqual(
      expect.objectContaining({ severity: 'ERROR', code, location }),
    );
  });

  test('a definition that is nested without end', () => {
    const depth = 5000;
    const text = `{"StartAt":"S","States":{"S":{"Type":"Pass","Result":${'['.repeat(depth)}${']'.repeat(depth)},"End":true}}}`;
    expect(diagnosticsOf(text)[0]?.message).toContain('nested deeper than');
  });
});

test('takes the machine of the orchestration lab, which has texts under comment_ names inside States', () => {
  const definition = {
    StartAt: 'Select',
    States: {
      Select: {
        Type: 'Choice',
        Choices: [{ Variable: '$.experiment_type', StringEquals: 'CHAIN', Next: 'A' }],
        Default: 'A',
      },
      comment_chain: '--- Experiment 1 ---',
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: {
          FunctionName: LAMBDA,
          Payload: { step_name: 'A', 'last_step_time.$': '$.last_step_time' },
        },
        ResultPath: '$.lambda_output_A',
        OutputPath: '$.lambda_output_A',
        End: true,
      },
      comment_parallel: '--- Experiment 2 ---',
    },
  };
  expect(diagnosticsOf(definition)).toEqual([]);
});

test('leaves data alone that looks like a machine', () => {
  const Result = { States: { comment_x: 'kept', S: { Type: 'Task', HeartbeatSeconds: 1 } }, Next: 'Nowhere' };
  const parsed = parseDefinition(JSON.stringify(machineOf({ Type: 'Pass', Result, End: true })));
  expect(parsed.ok && parsed.definition.states.get('S')?.fields).toMatchObject({ Result });
});

test('takes constants where AWS does: Output, Condition, lists of Assign', () => {
  for (const Output of [null, true, 1, 'text', [1, { x: '{% 1 %}' }]]) {
    expect(diagnosticsOf(machineOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output, End: true }))).toEqual(
      [],
    );
  }
  const choice = {
    Type: 'Choice',
    QueryLanguage: 'JSONata',
    Choices: [{ Condition: true, Next: 'T', Output: 1 }],
  };
  expect(diagnosticsOf(machineOf(choice, { T: { Type: 'Succeed' } }))).toEqual([]);
  const Assign = { list: [null, 'x', [], { 'y.$': '$.y' }] };
  expect(diagnosticsOf(machineOf({ Type: 'Pass', Assign, End: true }))).toEqual([]);
});

test.each([
  ['an expression of several lines', { Output: '{% (\n  $a := 1;\n  $a + 1\n) %}' }],
  ['an expression without spaces', { Output: '{%$states.input%}' }],
  ['an empty text', { Output: { a: '', b: ['', {}] } }],
  ['names of variables', { Assign: { états: 1, _x2: null } }],
])('takes %s in JSONata', (_name, fields) => {
  expect(diagnosticsOf(machineOf({ Type: 'Pass', QueryLanguage: 'JSONata', ...fields, End: true }))).toEqual(
    [],
  );
});

test.each(['plain', ['x', 1], ''])('takes Arguments %j', (Arguments) => {
  expect(diagnosticsOf(task(LAMBDA, { QueryLanguage: 'JSONata', Arguments }))).toEqual([]);
});

test('takes paths and calls that AWS takes', () => {
  const Parameters = {
    'filtered.$': "$.a[?(@.b == 'x' && @.c)]",
    'length.$': '$.a.length()',
    'called.$': "States.Array(1.5, -3, true, null, States.Format('it\\'s {}', $$.Execution.Id), $v.x)",
  };
  expect(diagnosticsOf(machineOf({ Type: 'Pass', Parameters, OutputPath: '$v', End: true }))).toEqual([]);
});

test('checks the same text once', () => {
  const text = JSON.stringify(pass);
  expect(parseDefinition(text)).toBe(parseDefinition(text));
});
