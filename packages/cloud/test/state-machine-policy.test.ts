// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of definitions
import { describe, expect, it } from 'vitest';

import { CloudUsageError, namesOf } from '../src/index.ts';
import { stateMachinePolicy } from '../src/policy/state-machine-policy.ts';
import { anAppWithMachine, IDENTITY } from './support/an-app.ts';

const REGION = 'eu-central-1:123456789012';

function statementsFor(states: Readonly<Record<string, object | string>>) {
  const app = anAppWithMachine(states);
  return stateMachinePolicy(app, namesOf(app, IDENTITY), IDENTITY).Statement;
}

function task(Resource: string, input: object) {
  return { Type: 'Task', Resource, Parameters: input, End: true };
}

describe('the role of state machines', () => {
  it('allows exactly what the tasks call, each once, wherever they stand', () => {
    const classify = task('arn:aws:states:::lambda:invoke', { FunctionName: '${functions.classify}' });
    const statements = statementsFor({
      comment_first: 'a comment where a state would be',
      First: classify,
      Again: classify,
      Fan: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Raw', States: { Raw: { Type: 'Task', Resource: '${functions.label}' } } }],
      },
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Put',
          States: {
            Put: task('arn:aws:states:::dynamodb:putItem', { TableName: '${tables.images}', 'Item.$': '$' }),
          },
        },
      },
    });

    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: `arn:aws:lambda:${REGION}:function:sky-lab-classify`,
      },
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: `arn:aws:lambda:${REGION}:function:sky-lab-label`,
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: `arn:aws:dynamodb:${REGION}:table/sky-lab-images`,
      },
    ]);
  });

  it.each([
    [
      'aws-sdk:dynamodb:query',
      { TableName: '${tables.images}' },
      'dynamodb:Query',
      [
        `arn:aws:dynamodb:${REGION}:table/sky-lab-images`,
        `arn:aws:dynamodb:${REGION}:table/sky-lab-images/index/*`,
      ],
    ],
    [
      'aws-sdk:s3:headObject',
      { Bucket: '${buckets.images}' },
      's3:GetObject',
      'arn:aws:s3:::sky-lab-images-123456789012-eu-central-1/*',
    ],
    [
      'aws-sdk:s3:listObjectsV2',
      { Bucket: '${buckets.images}' },
      's3:ListBucket',
      'arn:aws:s3:::sky-lab-images-123456789012-eu-central-1',
    ],
    [
      'states:startExecution',
      { StateMachineArn: '${stateMachines.inner}' },
      'states:StartExecution',
      `arn:aws:states:${REGION}:stateMachine:sky-lab-inner`,
    ],
  ])('knows what %s needs', (integration, input, action, resource) => {
    expect(statementsFor({ First: task(`arn:aws:states:::${integration}`, input) })).toEqual([
      { Effect: 'Allow', Action: action, Resource: resource },
    ]);
  });

  it('lets a machine that waits for another one see and stop its executions', () => {
    const start = task('arn:aws:states:::states:startExecution.sync:2', {
      StateMachineArn: '${stateMachines.inner}',
    });
    expect(statementsFor({ First: start }).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['states:StartExecution', `arn:aws:states:${REGION}:stateMachine:sky-lab-inner`],
      [
        ['states:DescribeExecution', 'states:StopExecution'],
        `arn:aws:states:${REGION}:execution:sky-lab-inner:*`,
      ],
      [
        ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        `arn:aws:events:${REGION}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
      ],
    ]);
  });

  it.each([
    [
      'a placeholder without a declaration',
      task('arn:aws:states:::lambda:invoke', { FunctionName: '${functions.clasify}' }),
      /function clasify: expected one that the app declares \(classify, label\)/,
    ],
    [
      'a function of somebody else',
      task('arn:aws:states:::lambda:invoke', { FunctionName: 'REPLACE_ME' }),
      /State machine main, state First: FunctionName is "REPLACE_ME": expected "\$\{functions\.KEY\}"/,
    ],
    [
      'a function that only the input names',
      task('arn:aws:states:::lambda:invoke', { 'FunctionName.$': '$.which' }),
      /FunctionName is not there/,
    ],
    [
      'another service',
      task('arn:aws:states:::sqs:sendMessage', {}),
      /arn:aws:states:::sqs:sendMessage: expected a function, lambda:invoke/,
    ],
  ])('refuses %s before anything is made', (_what, state, message) => {
    expect(() => statementsFor({ First: state })).toThrow(CloudUsageError);
    expect(() => statementsFor({ First: state })).toThrow(message);
  });
});
