import { DescribeLogStreamsCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { defaultBackoff, functionLog } from '@skyground/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chainFigures } from '../src/figures/chain.ts';
import { parallelFigures } from '../src/figures/parallel.ts';
import { readHistory } from '../src/history/read-history.ts';
import { largestPayloadBytes, type SweepInput, sweepInput } from '../src/workflows/sweep-input.ts';
import { startExecution } from './support/start-execution.ts';
import { startTestCloud, type TestCloud } from './support/test-cloud.ts';

const MACHINES = ['sweepStandard', 'sweepExpress'] as const;

const { signal } = new AbortController();
let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud({ lengths: [1, 4], widths: [1, 12] });
});

afterAll(() => cloud.stop());

async function historyOf(machine: (typeof MACHINES)[number], input: SweepInput) {
  const execution = await startExecution(cloud, machine, sweepInput(input));
  return readHistory(cloud.clients, execution, signal);
}

describe('the probe', () => {
  async function invoke(event: unknown) {
    const { Payload, FunctionError } = await cloud.clients.lambda.send(
      new InvokeCommand({ FunctionName: cloud.names.functions.probe.name, Payload: JSON.stringify(event) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? '');
    return { answer, FunctionError };
  }

  it('says when it was invoked and finished, that its environment is new, and hands the payload on', async () => {
    const first = await invoke({ step_name: 'A', last_step_time: 1.5, work_ms: 20, payload: 'filler' });
    const second = await invoke({});

    expect(first.answer).toEqual({
      step_name: 'A',
      last_step_time: expect.any(Number),
      finished_time: expect.any(Number),
      cold_start: true,
      request_id: expect.stringMatching(/^[\da-f-]{36}$/),
      work_ms: 20,
      payload: 'filler',
    });
    expect(second.answer).toMatchObject({ step_name: 'Unknown', cold_start: false, work_ms: 0 });
    expect(second.answer).not.toHaveProperty('payload');
    const lines = await functionLog(cloud.clients, cloud.names.functions.probe.logGroup, {
      sinceMs: 0,
      signal,
    });
    expect(lines.find(({ message }) => message.includes('Probe A invoked'))?.message).toMatch(
      /"message":"Probe A invoked","invoke_time":\d{10}\.\d+,"last_step_time":1\.5\}$/,
    );
  });

  it.each([{ work_ms: 10_001 }, { work_ms: -1 }, { step: 'A' }, { payload: 7 }])(
    'refuses %j',
    async (event) => {
      expect(await invoke(event)).toMatchObject({
        FunctionError: 'Unhandled',
        answer: { errorType: expect.stringContaining('Error') },
      });
    },
  );
});

describe.each(MACHINES)('the machine %s', (machine) => {
  it('leads to a chain of any length, whose tasks wait', async () => {
    const { status, error, events } = await historyOf(machine, {
      path: 'CHAIN',
      size: 4,
      workMs: 30,
      payloadBytes: 32,
    });

    expect({ status, error }).toEqual({ status: 'SUCCEEDED', error: null });
    const result = chainFigures(events);
    if (result.kind === 'incomplete') throw new Error(result.missing);
    expect(result.figures.gapsMs).toHaveLength(3);
    expect(result.figures.tasks.map(({ handler }) => handler.stepName)).toEqual(['1', '2', '3', '4']);
    for (const { handler } of result.figures.tasks)
      expect(handler.finishedAtMs - handler.invokedAtMs).toBeGreaterThanOrEqual(29.999);
  });

  it('leads to a Parallel of any width', async () => {
    const { status, events } = await historyOf(machine, {
      path: 'PARALLEL',
      size: 12,
      workMs: 0,
      payloadBytes: 32,
    });

    expect(status).toBe('SUCCEEDED');
    const result = parallelFigures(events);
    if (result.kind === 'incomplete') throw new Error(result.missing);
    expect(new Set(result.figures.tasks.map(({ handler }) => handler.stepName)).size).toBe(12);
  });

  it.each(['CHAIN', 'PARALLEL'] as const)('carries the largest payload through a %s', async (path) => {
    const size = path === 'CHAIN' ? 4 : 12;
    const { status, error, logBytes } = await historyOf(machine, {
      path,
      size,
      workMs: 0,
      payloadBytes: largestPayloadBytes,
    });

    expect({ status, error }).toEqual({ status: 'SUCCEEDED', error: null });
    // The log of an Express machine holds what goes into each function and comes out of it.
    if (machine === 'sweepExpress') expect(logBytes).toBeGreaterThan(2 * size * largestPayloadBytes);
    else expect(logBytes).toBe(0);
  });

  it('ends with its reason where the payload is larger than what Step Functions takes', async () => {
    const payloadBytes = largestPayloadBytes + 300;
    const { status, error, events } = await historyOf(machine, {
      path: 'CHAIN',
      size: 1,
      workMs: 0,
      payloadBytes,
    });

    expect({ status, error }).toEqual({
      status: 'FAILED',
      error: expect.stringMatching(/^States\.DataLimitExceeded: /),
    });
    expect(chainFigures(events)).toMatchObject({
      kind: 'incomplete',
      missing: expect.stringContaining('expected no failure'),
    });
  });

  it('fails for a size that it was not made for', async () => {
    const { status, error } = await historyOf(machine, {
      path: 'CHAIN',
      size: 3,
      workMs: 0,
      payloadBytes: 1,
    });
    expect({ status, error }).toEqual({
      status: 'FAILED',
      error:
        'UnknownPath: expected $.path to be one of chain-1, chain-4, parallel-1, parallel-12; deploy again for others',
    });
  });
});

describe('the data of a chain', () => {
  it('has the same size at every state', async () => {
    const { arn } = await startExecution(
      cloud,
      'sweepStandard',
      sweepInput({ path: 'CHAIN', size: 4, workMs: 0, payloadBytes: 10_000 }),
    );
    await readHistory(cloud.clients, { type: 'STANDARD', arn }, signal);
    const { events = [] } = await cloud.clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn }),
    );
    const sizes = events.flatMap(
      ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.input?.length ?? [],
    );

    expect(sizes).toHaveLength(5);
    // A payload, and less than a hundred bytes of times and names.
    for (const size of sizes) expect(size - 10_000).toBeLessThan(100);
  });
});

describe('reading a history', () => {
  const noPatience = { ...defaultBackoff, wait: async () => {} };

  it('gives up with what is missing where the log has no end', async () => {
    const { logGroup, arn: machineArn } = cloud.names.stateMachines.sweepExpress;
    const arn = `${machineArn.replace(':stateMachine:', ':express:')}:never:started`;
    const execution = { type: 'EXPRESS', arn, logGroup, startedMs: Date.now() } as const;

    await expect(readHistory(cloud.clients, execution, signal, noPatience)).rejects.toThrow(
      `Execution ${arn}: expected its events up to its end in ${logGroup} within 60 s, found no event of it.`,
    );
  });

  it('gives up on an execution that does not end, and at once when it is stopped', async () => {
    const input = sweepInput({ path: 'CHAIN', size: 1, workMs: 2_000, payloadBytes: 1 });
    const execution = await startExecution(cloud, 'sweepStandard', input);

    await expect(readHistory(cloud.clients, execution, signal, noPatience)).rejects.toThrow(
      `Execution ${execution.arn}: expected its end within 60 s, but it is still running.`,
    );
    const stop = new AbortController();
    const reading = readHistory(cloud.clients, execution, stop.signal);
    stop.abort(new Error('stopped by the test'));
    await expect(reading).rejects.toThrow(/stopped by the test|aborted/i);
  });

  it('names a line that Step Functions has not written', async () => {
    const { logGroup, arn: machineArn } = cloud.names.stateMachines.sweepExpress;
    const arn = `${machineArn.replace(':stateMachine:', ':express:')}:foreign:line`;
    const { logStreams = [] } = await cloud.clients.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: logGroup }),
    );
    await cloud.clients.logs.send(
      new PutLogEventsCommand({
        logGroupName: logGroup,
        logStreamName: logStreams[0]?.logStreamName,
        logEvents: [{ timestamp: Date.now(), message: `not JSON, about ${arn}` }],
      }),
    );
    const execution = { type: 'EXPRESS', arn, logGroup, startedMs: Date.now() } as const;

    await expect(readHistory(cloud.clients, execution, signal, noPatience)).rejects.toThrow(
      `Log group ${logGroup}: expected one event of an execution a line, received "not JSON, about ${arn}".`.slice(
        0,
        120,
      ),
    );
  });
});
