import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { type AppDeclaration, type CloudClients, deploy, destroy } from '@skyground/cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Answer, intercept } from './support/intercept.ts';
import { smallApp } from './support/small-app.ts';
import { listEverything, type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;

let cloud: ServedCloud;
let clients: CloudClients;
let waitedMs: number[];

beforeEach(async () => {
  cloud = await startTestCloud();
  clients = cloud.clients;
  waitedMs = [];
});

afterEach(async () => {
  await cloud.stop();
});

/** What is asked here of functions and state machines needs no API in front of them. */
function appWithoutApis() {
  return { ...smallApp(clients), httpApis: {}, restApis: {} };
}

/** Waits are noted, and over at once. */
const patience = {
  signal,
  backoff: {
    wait: async (durationMs: number): Promise<void> => {
      waitedMs.push(durationMs);
    },
    firstMs: 500,
    maxMs: 8_000,
    totalMs: 60_000,
  },
};

function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Refuses the first so many calls of an operation, as AWS does for a while. */
function refuseFirst(
  client: Parameters<typeof intercept>[0],
  operation: string,
  count: number,
  error: Error,
): void {
  let refusals = 0;
  intercept(client, operation, async (send) => {
    if (refusals === count) return send();
    refusals += 1;
    throw error;
  });
}

describe('deploy waits', () => {
  it.each([
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    'The state machine IAM Role is not authorized to access the Log Destination',
    "'arn:aws:iam::000000000000:role/skyground-small-states-us-east-1' is not authorized to create managed-rule.",
  ])('for a role that state machines may not use yet: %s', async (message) => {
    refuseFirst(clients.sfn, 'CreateStateMachineCommand', 2, refusal('AccessDeniedException', message));
    await deploy(appWithoutApis(), clients, patience);

    expect(waitedMs).toEqual([500, 1_000]);
  });

  it.each([
    'The role defined for the function cannot be assumed by Lambda.',
    'Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant.',
  ])('for a role that functions may not use yet: %s', async (message) => {
    refuseFirst(
      clients.lambda,
      'CreateFunctionCommand',
      2,
      refusal('InvalidParameterValueException', message),
    );
    await deploy(appWithoutApis(), clients, patience);

    expect(waitedMs).toEqual([500, 1_000]);
  });

  it('for the quota of deployments of REST APIs, one in five seconds', async () => {
    const error = refusal('TooManyRequestsException', 'Too Many Requests');
    refuseFirst(clients.apigateway, 'CreateDeploymentCommand', 2, error);
    await deploy(smallApp(clients), clients, patience);

    expect(waitedMs).toEqual([500, 1_000]);
  });

  it('not for a function that somebody else made meanwhile', async () => {
    const error = refusal('ResourceConflictException', 'Function already exist: skyground-small');
    refuseFirst(clients.lambda, 'CreateFunctionCommand', 1, error);

    await expect(deploy(appWithoutApis(), clients, patience)).rejects.toThrow(/already exist/);
    expect(waitedMs).toEqual([]);
  });
});

describe('a function', () => {
  it('that does not become ready is named with the reason of AWS, and without its environment', async () => {
    answerFunction({ State: 'Pending' }, { State: 'Failed', StateReason: 'No capacity' });

    const failing = deploy(appWithoutApis(), clients, patience);
    await expect(failing).rejects.toThrow(/^function skyground-small: .*No capacity/);
    await expect(failing).rejects.not.toThrow(/TABLE/);
    expect(waitedMs).toEqual([500]);
  });

  it('is given time for each change before the next one', async () => {
    const app = appWithoutApis();
    await deploy(app, clients, patience);
    const main = { ...app.functions.main, memoryMb: 256 };
    answerFunction({ LastUpdateStatus: 'Successful' }, { LastUpdateStatus: 'InProgress' });
    await deploy({ ...app, functions: { ...app.functions, main } }, clients, patience);

    expect(waitedMs).toEqual([500]);
  });

  it('without reserved concurrency needs no leave to change that', async () => {
    const forbidden = refusal(
      'AccessDeniedException',
      'not authorized to perform: lambda:DeleteFunctionConcurrency',
    );
    refuseFirst(clients.lambda, 'DeleteFunctionConcurrencyCommand', 9, forbidden);

    expect((await deploy(appWithoutApis(), clients, patience)).changed).toBe(true);
  });

  it('keeps one permission for each caller, whatever conditions others have', async () => {
    const { names } = await deploy(smallApp(clients), clients, patience);
    const FunctionName = names.functions.other.name;
    intercept(clients.lambda, 'GetPolicyCommand', async (send) => {
      const answer = await send();
      const policy = JSON.parse(String(answer.output['Policy']));
      policy.Statement.unshift({
        Sid: 'theirs',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } },
      });
      return { ...answer, output: { ...answer.output, Policy: JSON.stringify(policy) } };
    });
    await clients.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'theirs',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    );

    expect((await deploy(smallApp(clients), clients, patience)).changed).toBe(false);
  });
});

/** Changes what the first looks at the function say; later ones are answered truly. */
function answerFunction(...overrides: readonly Readonly<Record<string, string>>[]): void {
  const left = [...overrides];
  intercept(clients.lambda, 'GetFunctionConfigurationCommand', async (send) => {
    const answer = await send();
    return { ...answer, output: { ...answer.output, ...left.shift() } };
  });
}

describe('a table that is being made', () => {
  it('is waited for, by a deploy that goes on and by a destroy, before its tags are known', async () => {
    const app = tableApp(clients);
    await deploy(app, clients, patience);
    const making = tableInTheMaking();

    making(2);
    expect((await deploy(app, clients, patience)).changed).toBe(false);
    expect(waitedMs).toEqual([500]);

    making(2);
    await destroy(app, clients, patience);
    expect(await listEverything(clients)).toEqual([]);
  });
});

describe('tags', () => {
  it('of a table are read to the last page', async () => {
    const app = tableApp(clients);
    await deploy(app, clients, patience);
    let lastPage: Promise<Answer> | undefined;
    intercept(clients.dynamodb, 'ListTagsOfResourceCommand', async (send) => {
      if (lastPage !== undefined) return lastPage;
      lastPage = send();
      const Tags = [{ Key: 'cost-center', Value: 'theirs' }];
      return { ...(await lastPage), output: { Tags, NextToken: 'more' } };
    });

    expect((await deploy(app, clients, patience)).changed).toBe(false);
  });
});

describe('an app without functions', () => {
  it('has no role, whose policy would name nothing', async () => {
    await deploy(tableApp(clients), clients, patience);

    expect(await listEverything(clients)).toEqual(['table skyground-small-images']);
  });
});

/** The small app's table, and nothing else. */
function tableApp(on: CloudClients): AppDeclaration {
  const { app, prefix, role, platform, architecture, logRetentionDays, tables } = smallApp(on);
  const basics = { app, prefix, role, platform, architecture, logRetentionDays };
  return { ...basics, functions: {}, ...(tables === undefined ? {} : { tables }) };
}

/** A table that is CREATING for so many looks; until then AWS knows no tags and deletes nothing. */
function tableInTheMaking(): (looks: number) => void {
  let left = 0;
  intercept(clients.dynamodb, 'DescribeTableCommand', async (send) => {
    const answer = await send();
    if (left === 0) return answer;
    left -= 1;
    return {
      ...answer,
      output: { ...answer.output, Table: { ...Object(answer.output['Table']), TableStatus: 'CREATING' } },
    };
  });
  const unlessMade = (instead: (answer: Answer) => Answer) => async (send: () => Promise<Answer>) => {
    return left === 0 ? send() : instead(await send());
  };
  intercept(
    clients.dynamodb,
    'ListTagsOfResourceCommand',
    unlessMade((answer) => ({ ...answer, output: { ...answer.output, Tags: [] } })),
  );
  intercept(clients.dynamodb, 'DeleteTableCommand', async (send) => {
    if (left > 0) throw refusal('ResourceInUseException', 'Table is being created');
    return send();
  });
  return (looks) => {
    left = looks;
  };
}
