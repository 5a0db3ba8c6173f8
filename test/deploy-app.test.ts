import { CreateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  type CloudClients,
  CloudError,
  type DeployStep,
  deploy,
  destroy,
  NotOursError,
  planDeploy,
  planDestroy,
} from '@skyground/cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { smallApp } from './support/small-app.ts';
import { listEverything, type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;
const TRUST = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

let cloud: ServedCloud;
let clients: CloudClients;

beforeEach(async () => {
  cloud = await startTestCloud();
  clients = cloud.clients;
});

afterEach(async () => {
  await cloud.stop();
});

const EVERYTHING = [
  'HTTP API skyground-small',
  'REST API skyground-small-rest',
  'bucket skyground-small-images-000000000000-us-east-1',
  'function skyground-small',
  'function skyground-small-other',
  'log group /aws/lambda/skyground-small',
  'log group /aws/lambda/skyground-small-other',
  'log group /aws/vendedlogs/states/skyground-small',
  'role skyground-small-states-us-east-1',
  'role skyground-small-us-east-1',
  'state machine skyground-small',
  'table skyground-small-images',
];

function outcomes(steps: readonly { readonly outcome: string }[]): readonly string[] {
  return [...new Set(steps.map(({ outcome }) => outcome))];
}

function changesOf(steps: readonly DeployStep[]): readonly string[] {
  return steps.flatMap(({ type, changes }) => changes.map((change) => `${type}: ${change}`));
}

/** What IAM holds, as JSON. */
async function policyOf(role: string): Promise<unknown> {
  const command = new GetRolePolicyCommand({ RoleName: role, PolicyName: 'skyground' });
  return JSON.parse(decodeURIComponent((await clients.iam.send(command)).PolicyDocument ?? ''));
}

describe('an app with one of everything', () => {
  it('is made, not changed by a second deploy, and removed', async () => {
    const app = smallApp(clients);
    const plan = await planDeploy(app, clients, { signal });
    expect(await listEverything(clients)).toEqual([]);

    const first = await deploy(app, clients, { signal });
    expect(first.steps).toEqual(plan.steps);
    expect(outcomes(first.steps)).toEqual(['created']);
    expect(await listEverything(clients)).toEqual(EVERYTHING);

    const second = await deploy(app, clients, { signal });
    expect(changesOf(second.steps)).toEqual([]);
    expect(second.changed).toBe(false);

    expect((await planDestroy(app, clients, { signal })).changed).toBe(true);
    expect(await listEverything(clients)).toEqual(EVERYTHING);
    expect(outcomes((await destroy(app, clients, { signal })).steps)).toEqual(['removed']);
    expect(await listEverything(clients)).toEqual([]);
    expect(outcomes((await destroy(app, clients, { signal })).steps)).toEqual(['absent']);
  });

  it('serves its routes where deploy says', async () => {
    const { routes } = await deploy(smallApp(clients), clients, { signal });
    expect(routes.map(({ api, method }) => `${method} ${api}`)).toEqual([
      'POST skyground-small',
      'GET skyground-small-rest',
      'POST skyground-small-rest',
    ]);

    const response = await fetch(routes[0]?.url ?? '', { method: 'POST', body: 'hello' });
    expect(await response.json()).toEqual({ path: '/echo', body: 'hello', table: 'skyground-small-images' });
  });

  it('runs its machine at once, and leaves the history in its log', async () => {
    const { names } = await deploy(smallApp(clients), clients, { signal });
    const stateMachineArn = names.stateMachines.main.arn;
    const { status, output } = await clients.sfn.send(new StartSyncExecutionCommand({ stateMachineArn }));

    expect({ status, output: JSON.parse(output ?? '') }).toEqual({
      status: 'SUCCEEDED',
      output: { statusCode: 200, body: '{"other":true}' },
    });
    const { logGroup: logGroupName } = names.stateMachines.main;
    const { events } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events?.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('ExecutionSucceeded'),
    );
  });

  it('gives its roles what is used, one role for each service that wears one', async () => {
    await deploy(smallApp(clients), clients, { signal });
    const roles = await Promise.all(
      ['skyground-small-us-east-1', 'skyground-small-states-us-east-1'].map((RoleName) =>
        clients.iam.send(new GetRoleCommand({ RoleName })),
      ),
    );
    expect(roles.map(({ Role }) => decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual([
      TRUST('lambda.amazonaws.com'),
      TRUST('states.amazonaws.com'),
    ]);

    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:us-east-1:000000000000:${resource}`;
    const table = arn('dynamodb', 'table/skyground-small-images');
    const bucket = 'arn:aws:s3:::skyground-small-images-000000000000-us-east-1';
    const allow = (Action: string | string[], Resource: string | string[]) => ({
      Effect: 'Allow',
      Action,
      Resource,
    });
    expect(await policyOf('skyground-small-us-east-1')).toEqual({
      Version: '2012-10-17',
      Statement: [
        allow(
          ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
          [table, `${table}/index/*`],
        ),
        allow(
          ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
          table,
        ),
        allow('s3:GetObject', `${bucket}/in/*`),
        allow('s3:ListBucket', bucket),
        allow('lambda:InvokeFunction', arn('lambda', 'function:skyground-small-other')),
        allow(
          ['states:StartExecution', 'states:StartSyncExecution'],
          arn('states', 'stateMachine:skyground-small'),
        ),
        allow(
          ['logs:CreateLogStream', 'logs:PutLogEvents'],
          [
            arn('logs', 'log-group:/aws/lambda/skyground-small:*'),
            arn('logs', 'log-group:/aws/lambda/skyground-small-other:*'),
          ],
        ),
      ],
    });
    expect(await policyOf('skyground-small-states-us-east-1')).toMatchObject({
      Statement: [
        allow('lambda:InvokeFunction', arn('lambda', 'function:skyground-small-other')),
        { Resource: '*' },
      ],
    });

    const policy = await clients.lambda.send(new GetPolicyCommand({ FunctionName: 'skyground-small-other' }));
    expect(JSON.parse(policy.Policy ?? '')).toMatchObject({
      Statement: [
        {
          Sid: 'skyground-small-rest-rest',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Condition: {
            ArnLike: {
              'AWS:SourceArn': expect.stringMatching(/^arn:aws:execute-api:us-east-1:000000000000:\w+\/\*$/),
            },
          },
        },
        { Sid: 'skyground-small-s3', Principal: { Service: 's3.amazonaws.com' } },
      ],
    });
  });

  it('is changed exactly where it differs', async () => {
    await deploy(smallApp(clients), clients, { signal });
    const throttled = smallApp(clients, {
      httpApi: {
        routes: { 'POST /echo': { function: 'other' }, 'GET /new': { function: 'main' } },
        cors: { allowOrigins: ['*'], allowMethods: ['POST'], allowHeaders: ['Content-Type'] },
        throttling: { ratePerS: 5, burst: 10 },
      },
      state: { Type: 'Succeed' },
    });
    const changed = await deploy(throttled, clients, { signal });
    expect(changesOf(changed.steps)).toEqual([
      'role: policy',
      'state machine: definition',
      'HTTP API: CORS',
      'HTTP API: POST /echo',
      'HTTP API: GET /new',
      'HTTP API: throttling',
      'permission: let HTTP API skyground-small invoke skyground-small-other',
    ]);
    expect((await deploy(throttled, clients, { signal })).changed).toBe(false);

    const back = await deploy(smallApp(clients), clients, { signal });
    expect(changesOf(back.steps)).toContain('HTTP API: remove GET /new');
    expect((await deploy(smallApp(clients), clients, { signal })).changed).toBe(false);
  });
});

describe('what a person could lose', () => {
  it('is not replaced: a table of another key, a state machine of another type', async () => {
    const app = smallApp(clients);
    await deploy(app, clients, { signal });
    const before = await listEverything(clients);

    const tables = { images: { partitionKey: { name: 'other', type: 'S' } } } as const;
    await expect(deploy({ ...app, tables }, clients, { signal })).rejects.toThrow(
      /Table skyground-small-images: expected key other:S, found key id:S \+ time:N, index byLabel label:S\..* destroy it/,
    );
    const standard = smallApp(clients, { machineType: 'STANDARD' });
    await expect(deploy(standard, clients, { signal })).rejects.toThrow(
      /State machine skyground-small: expected type STANDARD, found EXPRESS\..* destroy it/,
    );
    expect(await listEverything(clients)).toEqual(before);
  });
});

describe('a deploy that dies', () => {
  it('after every call is finished by the next ones, and so are a change and a destroy', async () => {
    const calls = await callsAtATime(1, () => deploy(smallApp(clients), clients, { signal }));
    expect(calls).toBeGreaterThan(EVERYTHING.length);
    expect(await listEverything(clients)).toEqual(EVERYTHING);
    expect(changesOf((await deploy(smallApp(clients), clients, { signal })).steps)).toEqual([]);

    const changed = smallApp(clients, {
      httpApi: { routes: { 'GET /new': { function: 'other' } } },
      restApi: { stage: 'dev', routes: { 'GET /a': { function: 'other' } } },
    });
    await callsAtATime(1, () => deploy(changed, clients, { signal }));
    const { routes, steps } = await deploy(changed, clients, { signal });
    expect(changesOf(steps)).toEqual([]);
    expect(await Promise.all(routes.map(async ({ url }) => (await fetch(url)).json()))).toEqual([
      { other: true },
      { other: true },
    ]);

    // Two, because a role's policy is deleted again before the role, whether it is still there or not.
    await callsAtATime(2, () => destroy(changed, clients, { signal }));
    expect(await listEverything(clients)).toEqual([]);
  });

  it('names the resource, the error of AWS and what was made', async () => {
    const failing = deploy(smallApp(clients, { state: { Type: 'Bogus' } }), clients, { signal });

    await expect(failing).rejects.toThrow(CloudError);
    await expect(failing).rejects.toThrow(
      /^state machine skyground-small: .*InvalidDefinition.*\nMade before it, .* destroy to remove: images bucket .*function skyground-small-other\.$/s,
    );
    await destroy(smallApp(clients), clients, { signal });
    expect(await listEverything(clients)).toEqual([]);
  });
});

describe('what is not ours', () => {
  it('stops a deploy before anything is changed, and is kept by destroy', async () => {
    const { Role } = await clients.iam.send(
      new CreateRoleCommand({ RoleName: 'theirs', AssumeRolePolicyDocument: TRUST('states.amazonaws.com') }),
    );
    await clients.sfn.send(
      new CreateStateMachineCommand({
        name: 'skyground-small',
        roleArn: Role?.Arn,
        definition: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
      }),
    );
    await clients.apigateway.send(new CreateRestApiCommand({ name: 'skyground-small-rest' }));
    const before = await listEverything(clients);

    await expect(deploy(smallApp(clients), clients, { signal })).rejects.toThrow(NotOursError);
    expect(await listEverything(clients)).toEqual(before);

    const { steps } = await destroy(smallApp(clients), clients, { signal });
    expect(steps.filter(({ outcome }) => outcome === 'kept').map(({ type }) => type)).toEqual([
      'REST API',
      'state machine',
    ]);
    expect(await listEverything(clients)).toEqual(before);
  });
});

describe('an existing role', () => {
  it('is worn by functions and state machines without any call to IAM', async () => {
    await clients.iam.send(
      new CreateRoleCommand({ RoleName: 'LabRole', AssumeRolePolicyDocument: TRUST('lambda.amazonaws.com') }),
    );
    let iamCalls = 0;
    clients.iam.middlewareStack.add(
      (next) => (args) => {
        iamCalls += 1;
        return next(args);
      },
      { step: 'initialize', name: 'count' },
    );
    const app = smallApp(clients, { role: 'LabRole' });
    const { names } = await deploy(app, clients, { signal });
    const machine = await clients.sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn: names.stateMachines.main.arn }),
    );
    await destroy(app, clients, { signal });

    expect(machine.roleArn).toBe('arn:aws:iam::000000000000:role/LabRole');
    expect(iamCalls).toBe(0);
    expect(await listEverything(clients)).toEqual(['role LabRole']);
  });
});

/** Names of operations that only look. */
const LOOKS = /^(Get|List|Head|Describe)/;

/** Calls back before each call that changes something, on every client. */
async function beforeEachChange<T>(callback: () => void, work: () => Promise<T>): Promise<T> {
  const { s3, lambda, logs, iam, sfn, dynamodb, apigateway, apigatewayv2 } = clients;
  // Their stacks differ in the inputs that they take, which are not looked at here.
  const all = [s3, lambda, logs, iam, sfn, dynamodb, apigateway, apigatewayv2] as unknown as (typeof s3)[];
  for (const client of all) {
    client.middlewareStack.add(
      (next, context) => (args) => {
        if (!LOOKS.test(context.commandName ?? '')) callback();
        return next(args);
      },
      { step: 'initialize', name: 'beforeEachChange' },
    );
  }
  try {
    return await work();
  } finally {
    for (const client of all) client.middlewareStack.remove('beforeEachChange');
  }
}

/** Repeats work that dies after so many changes, until it gets through. @returns how often it died. */
async function callsAtATime(count: number, work: () => Promise<unknown>): Promise<number> {
  for (let deaths = 0; ; deaths += 1) {
    expect(deaths).toBeLessThan(100);
    let changes = 0;
    const die = (): void => {
      changes += 1;
      if (changes > count) throw new Error('killed');
    };
    try {
      await beforeEachChange(die, work);
      return deaths;
    } catch (error) {
      expect(String(error)).toContain('killed');
    }
  }
}
