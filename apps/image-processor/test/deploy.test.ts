import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CloudUsageError,
  type DeployStep,
  deploy,
  destroy,
  NotOursError,
  planDeploy,
  planDestroy,
} from '@skyground/cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listEverything } from './support/listing.ts';
import { quickDeclarationFor, startTestCloud, type TestCloud, withEntryPoint } from './support/test-cloud.ts';

let cloud: TestCloud;
const signal = new AbortController().signal;

beforeEach(async () => {
  cloud = await startTestCloud();
});

afterEach(async () => {
  await cloud.stop();
});

const EVERYTHING = [
  'bucket skyground-image-processor-in-000000000000-us-east-1',
  'bucket skyground-image-processor-out-000000000000-us-east-1',
  'function skyground-image-processor',
  'log group /aws/lambda/skyground-image-processor',
  'role skyground-image-processor-us-east-1',
];

function outcomes(steps: readonly { readonly outcome: string }[]): readonly string[] {
  return [...new Set(steps.map(({ outcome }) => outcome))];
}

describe('deploy and destroy', () => {
  it('make everything, change nothing the second time, and leave nothing behind', async () => {
    const declaration = quickDeclarationFor(cloud.clients);
    const first = await deploy(declaration, cloud.clients, { signal });
    expect(outcomes(first.steps)).toEqual(['created']);
    expect(await listEverything(cloud.clients)).toEqual(EVERYTHING);

    const second = await deploy(declaration, cloud.clients, { signal });
    expect(second.changed).toBe(false);
    expect(outcomes(second.steps)).toEqual(['unchanged']);

    const removed = await destroy(declaration, cloud.clients, { signal });
    expect(outcomes(removed.steps)).toEqual(['removed']);
    expect(await listEverything(cloud.clients)).toEqual([]);

    const again = await destroy(declaration, cloud.clients, { signal });
    expect(again.changed).toBe(false);
    expect(outcomes(again.steps)).toEqual(['absent']);
  });

  it('only say what they would do in a dry run', async () => {
    const declaration = quickDeclarationFor(cloud.clients);
    const plan = await planDeploy(declaration, cloud.clients, { signal });
    expect(await listEverything(cloud.clients)).toEqual([]);

    const done = await deploy(declaration, cloud.clients, { signal });
    expect(plan.steps).toEqual(done.steps);

    expect((await planDestroy(declaration, cloud.clients, { signal })).changed).toBe(true);
    expect(await listEverything(cloud.clients)).toEqual(EVERYTHING);
  });

  it('finish what a stopped one left half-done, wherever it stopped', async () => {
    const declaration = quickDeclarationFor(cloud.clients);
    const { steps } = await planDeploy(declaration, cloud.clients, { signal });
    for (let stopAfter = 1; stopAfter < steps.length; stopAfter++) {
      const made = await stoppedAfter(stopAfter, (options) => deploy(declaration, cloud.clients, options));
      const rest = await deploy(declaration, cloud.clients, { signal });
      expect(rest.steps.map(({ outcome }) => outcome)).toEqual([
        ...Array.from({ length: made }, () => 'unchanged'),
        ...Array.from({ length: steps.length - made }, () => 'created'),
      ]);

      await stoppedAfter(stopAfter, (options) => destroy(declaration, cloud.clients, options));
      await destroy(declaration, cloud.clients, { signal });
      expect(await listEverything(cloud.clients)).toEqual([]);
    }
  });

  it('change exactly what differs', async () => {
    await deploy(quickDeclarationFor(cloud.clients, { memoryMb: 512 }), cloud.clients, { signal });
    const changed = quickDeclarationFor(cloud.clients, { memoryMb: 1024, reservedConcurrency: 4 });
    const { steps } = await deploy(changed, cloud.clients, { signal });

    expect(steps.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([
      {
        type: 'function',
        name: 'skyground-image-processor',
        outcome: 'updated',
        changes: ['MemorySize 512 -> 1024', 'reserved concurrency none -> 4'],
      },
    ]);
    const found = await cloud.clients.lambda.send(
      new GetFunctionCommand({ FunctionName: 'skyground-image-processor' }),
    );
    expect(found.Configuration?.MemorySize).toBe(1024);
    expect(found.Concurrency?.ReservedConcurrentExecutions).toBe(4);

    const back = await deploy(quickDeclarationFor(cloud.clients, { memoryMb: 1024 }), cloud.clients, {
      signal,
    });
    expect(back.steps.flatMap(({ changes }) => changes)).toEqual(['reserved concurrency 4 -> none']);
  });

  it('send new code and nothing else when the code alone is new', async () => {
    const declaration = quickDeclarationFor(cloud.clients);
    await deploy(declaration, cloud.clients, { signal });
    const entryPoint = declaration.functions.main.entryPoint.replace('empty-handler', 'other-handler');
    const { steps } = await deploy(withEntryPoint(declaration, entryPoint), cloud.clients, { signal });

    expect(steps.flatMap(({ type, changes }) => changes.map((change) => `${type}: ${change}`))).toEqual([
      'function: code',
    ]);
  });
});

describe('what is not ours', () => {
  it('stops a deploy before anything is changed, and is not destroyed', async () => {
    const role = await cloud.clients.iam.send(
      new CreateRoleCommand({
        RoleName: 'theirs',
        AssumeRolePolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      }),
    );
    const zip = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');
    await cloud.clients.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'skyground-image-processor',
        Role: role.Role?.Arn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip },
      }),
    );
    const before = await listEverything(cloud.clients);
    const declaration = quickDeclarationFor(cloud.clients);

    await expect(deploy(declaration, cloud.clients, { signal })).rejects.toThrow(NotOursError);
    expect(await listEverything(cloud.clients)).toEqual(before);

    const { steps } = await destroy(declaration, cloud.clients, { signal });
    expect(steps.find(({ type }) => type === 'function')).toMatchObject({
      outcome: 'kept',
      detail: expect.stringContaining('not tagged as ours'),
    });
    expect(await listEverything(cloud.clients)).toEqual(before);
  });

  it('is a bucket of our name with something in it but without our tags', async () => {
    const Bucket = 'skyground-image-processor-in-000000000000-us-east-1';
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket }));
    await cloud.clients.s3.send(new PutObjectCommand({ Bucket, Key: 'precious', Body: 'x' }));
    const declaration = quickDeclarationFor(cloud.clients);

    await expect(deploy(declaration, cloud.clients, { signal })).rejects.toThrow(
      /Bucket .* not tagged as Skyground's .*--prefix/,
    );
    await destroy(declaration, cloud.clients, { signal });
    expect(await listEverything(cloud.clients)).toEqual([`bucket ${Bucket}`]);
  });
});

describe('an existing role', () => {
  it('is used by name or ARN without any call to IAM', async () => {
    await cloud.clients.iam.send(
      new CreateRoleCommand({
        RoleName: 'LabRole',
        AssumeRolePolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      }),
    );
    let iamCalls = 0;
    cloud.clients.iam.middlewareStack.add(
      (next) => (args) => {
        iamCalls += 1;
        return next(args);
      },
      { step: 'initialize', name: 'count' },
    );

    const byName = await deploy(quickDeclarationFor(cloud.clients, { role: 'LabRole' }), cloud.clients, {
      signal,
    });
    const byArn = await deploy(
      quickDeclarationFor(cloud.clients, { role: 'arn:aws:iam::000000000000:role/LabRole' }),
      cloud.clients,
      { signal },
    );
    await destroy(quickDeclarationFor(cloud.clients, { role: 'LabRole' }), cloud.clients, { signal });

    expect(byName.names.functionRole.arn).toBe('arn:aws:iam::000000000000:role/LabRole');
    expect(byArn.changed).toBe(false);
    expect(iamCalls).toBe(0);
    expect(await listEverything(cloud.clients)).toEqual(['role LabRole']);
  });
});

describe('a role that is not known everywhere yet', () => {
  it('is waited for, with growing waits and an end', async () => {
    let refusals = 0;
    cloud.clients.lambda.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName !== 'CreateFunctionCommand' || refusals === 3) return next(args);
        refusals += 1;
        const message = 'The role defined for the function cannot be assumed by Lambda.';
        return Promise.reject(Object.assign(new Error(message), { name: 'InvalidParameterValueException' }));
      },
      { step: 'initialize', name: 'refuse' },
    );
    const waitedMs: number[] = [];
    const wait = async (durationMs: number): Promise<void> => {
      waitedMs.push(durationMs);
    };
    const backoff = { wait, firstMs: 500, maxMs: 8_000, totalMs: 60_000 };

    const result = await deploy(quickDeclarationFor(cloud.clients), cloud.clients, { signal, backoff });

    expect(outcomes(result.steps)).toEqual(['created']);
    expect(waitedMs).toEqual([500, 1_000, 2_000]);
  });
});

describe('input and output', () => {
  it('may not share a bucket', async () => {
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: 'mine' }));
    const declaration = quickDeclarationFor(cloud.clients, { inputBucket: 'mine', outputBucket: 'mine' });

    await expect(deploy(declaration, cloud.clients, { signal })).rejects.toThrow(CloudUsageError);
    await expect(deploy(declaration, cloud.clients, { signal })).rejects.toThrow(/expected two buckets/);
  });
});

/** Stops a deploy or destroy after so many steps. @returns how many were done. */
async function stoppedAfter(
  count: number,
  run: (options: {
    signal: AbortSignal;
    onStep: (step: { readonly name: DeployStep['name'] }) => void;
  }) => Promise<unknown>,
): Promise<number> {
  const stop = new AbortController();
  let done = 0;
  const onStep = (): void => {
    done += 1;
    if (done === count) stop.abort(new Error('stopped'));
  };
  await expect(run({ signal: stop.signal, onStep })).rejects.toThrow('stopped');
  return done;
}
