import { expect, it } from 'vitest';
import { findNotBuilt } from '../../conformance/run/not-built.ts';
import { unknownValues, withRunValues } from '../../conformance/run/run-values.ts';

it('puts run values where they stand for themselves', () => {
  const values = new Map([
    ['<partition>', 'aws'],
    ['<lambda_function_name>', 'bracketed'],
    ['lambda_function_name', 'bare'],
    ['111111111111', '000000000000'],
  ]);
  const recorded = {
    Resource: 'arn:<partition>:lambda:eu:111111111111:function:lambda_function_name',
    '<lambda_function_name>': ['no_such_<lambda_function_name>', 'lambda_function_names', 111111111111],
  };
  expect(withRunValues(recorded, values)).toEqual({
    Resource: 'arn:aws:lambda:eu:000000000000:function:bare',
    bracketed: ['no_such_bracketed', 'lambda_function_names', 111111111111],
  });
});

it('tells what is left', () => {
  expect(unknownValues({ a: '<x> <y:1>', b: 'a < b > c' }, '<x>')).toEqual(['<x>', '<y:1>']);
});

const machine = (state: object) => ({ StartAt: 'S', States: { S: { End: true, ...state } } });
const task = (Resource: string, more = {}) => machine({ Type: 'Task', Resource, ...more });

it.each([
  ['distributed Map', machine({ Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } })],
  ['distributed Map', machine({ Type: 'Map', ItemReader: {}, ItemProcessor: {} })],
  ['task token', task('arn:aws:states:::sqs:sendMessage.waitForTaskToken')],
  ['activity', task('arn:aws:states:us-east-1:111111111111:activity:a')],
  ['heartbeat', task('arn:aws:states:::lambda:invoke', { HeartbeatSeconds: 1 })],
  ['integration of another service', task('arn:aws:states:::sqs:sendMessage')],
  [
    'integration of another service',
    machine({ Type: 'Parallel', Branches: [task('arn:aws:states:::glue:startJobRun')] }),
  ],
  [
    'integration of another service',
    machine({ Type: 'Map', Iterator: task('arn:aws:states:::aws-sdk:sqs:listQueues') }),
  ],
])('%s is not built', (what, definition) => {
  expect(findNotBuilt(definition)).toBe(what);
});

it.each([
  'arn:aws:lambda:us-east-1:111111111111:function:f',
  'arn:aws:states:::lambda:invoke',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::aws-sdk:s3:getObject',
  'arn:aws:states:::dynamodb:putItem',
])('%s is built', (resource) => {
  expect(findNotBuilt(task(resource))).toBeUndefined();
});
