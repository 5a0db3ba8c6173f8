import { UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { functionLog, invocations } from '@skyground/cloud';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { startTestCloud, type TestCloud } from './support/test-cloud.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud({ lengths: [1], widths: [1] });
});

afterAll(() => cloud.stop());

async function send(init: RequestInit, url = cloud.url): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.json() };
}

const post = (body?: string) => send({ method: 'POST', ...(body === undefined ? {} : { body }) });

const startedSchema = z.object({ execution_arn: z.string() });

async function inputOf(answer: { readonly body: unknown }): Promise<unknown> {
  const { execution_arn: executionArn } = startedSchema.parse(answer.body);
  const { input = '' } = await cloud.clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
  return JSON.parse(input);
}

describe('POST /experiment', () => {
  it.each([
    ['{"experiment_type":"CHAIN"}', 'CHAIN'],
    ['{"experiment_type":"PARALLEL"}', 'PARALLEL'],
    ['{}', 'CHAIN'],
    [undefined, 'CHAIN'],
  ])('starts what %s asks for', async (body, type) => {
    const answer = await post(body);

    expect(answer).toEqual({
      status: 202,
      body: {
        message: `Experiment '${type}' started.`,
        execution_arn: expect.stringMatching(/:execution:skyground-orchestration-lab:[\da-f-]{36}$/),
      },
    });
    expect(await inputOf(answer)).toEqual({ experiment_type: type, last_step_time: expect.any(Number) });
  });

  it.each([
    ['{"experiment_type":', /^expected JSON such as .*, received \{"experiment_type":$/],
    ['"CHAIN"', /^expected a JSON object .*, received "CHAIN"$/],
    ['null', /^expected a JSON object .*, received null$/],
    ['["CHAIN"]', /^expected a JSON object .*, received \["CHAIN"\]$/],
    ['{"experiment_type":"MAP"}', /^experiment_type: expected "CHAIN" or "PARALLEL", received "MAP"$/],
    ['{"experiment_type":null}', /^experiment_type: expected "CHAIN" or "PARALLEL", received null$/],
    [
      '{"experimentType":"PARALLEL"}',
      /nothing but experiment_type, .* received \{"experimentType":"PARALLEL"\}$/,
    ],
    [`"${'x'.repeat(1000)}"`, /^.{0,200} \.\.\.$/],
  ])('refuses %j with 400 and the reason', async (body, reason) => {
    expect(await post(body)).toEqual({ status: 400, body: { message: expect.stringMatching(reason) } });
  });

  it('is the only route: another method or path is answered by the API as AWS does', async () => {
    const other = { status: 403, body: { message: 'Missing Authentication Token' } };
    expect(await send({ method: 'GET' })).toEqual(other);
    expect(await send({ method: 'PUT', body: '{}' })).toEqual(other);
    expect(await send({ method: 'POST' }, `${cloud.url}s`)).toEqual(other);
  });

  it('refuses 10 MB and goes on, in one environment throughout', async () => {
    const tooLarge = await post(`"${'x'.repeat(10 * 1024 * 1024)}"`);
    expect(tooLarge).toEqual({ status: 413, body: { message: expect.any(String) } });
    expect((await post()).status).toBe(202);

    const lines = await functionLog(cloud.clients, cloud.names.functions.trigger.logGroup, {
      sinceMs: 0,
      signal: new AbortController().signal,
    });
    expect(invocations(lines).filter(({ requestId }) => requestId === null)).toHaveLength(1);
  });
});

describe('a start that fails', () => {
  it('is answered with 500 and the reason where the machine is not there', async () => {
    const { lambda } = cloud.clients;
    const { name } = cloud.names.functions.trigger;
    const arn = cloud.names.stateMachines.lab.arn.replace(/lab$/, 'gone');
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        Environment: { Variables: { STATE_MACHINE_ARN: arn } },
      }),
    );
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName: name });

    expect(await post()).toEqual({
      status: 500,
      body: {
        message: `The state machine was not started: StateMachineDoesNotExist: State Machine Does Not Exist: '${arn}'`,
      },
    });
  });

  it('is answered with 500 and the reason where there are no credentials', async () => {
    for (const name of Object.keys(process.env).filter((variable) => variable.startsWith('AWS_')))
      vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', '/nowhere');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('STATE_MACHINE_ARN', cloud.names.stateMachines.lab.arn);
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    try {
      const { handler } = await import('../src/functions/trigger.ts');
      const { statusCode, body } = await handler({ body: null });

      expect(statusCode).toBe(500);
      expect(body).toMatch(
        /^\{"message":"The state machine was not started: CredentialsProviderError: \w[^\n]+"\}$/,
      );
      // Neither a stack nor more than the first line: of a signature that does not match AWS prints the request's headers.
      expect(JSON.stringify({ message: printed.mock.calls.flat().join('\n') })).toBe(body);
    } finally {
      vi.unstubAllEnvs();
      printed.mockRestore();
    }
  });
});
