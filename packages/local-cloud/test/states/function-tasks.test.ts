import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AwsError } from '../../src/errors.ts';
import type { FunctionAnswer } from '../../src/server/ports.ts';
import { functionArn, functions, startStates } from './states-fixture.ts';
import { call, INVOKE, outcome } from './task-outcome.ts';

const answer = (payload: string, isFunctionError = false): FunctionAnswer => ({
  payload,
  isFunctionError,
  executedVersion: '$LATEST',
  requestId: '11111111-2222-4333-8444-555555555555',
});

describe('a function', () => {
  it('by its ARN takes the input as its event, and its answer is the output', async () => {
    const asked: string[] = [];
    const states = await startStates({
      functions: functions(async (name, payload) => {
        asked.push(name, payload);
        return answer('{"seen":true}');
      }),
    });
    const { output, events } = await outcome(states, call(functionArn('f')), { a: [1, 'ö'] });
    expect(asked).toEqual([functionArn('f'), '{"a":[1,"ö"]}']);
    expect(output).toEqual({ seen: true });
    expect(events.map(({ type }) => type).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  it('by lambda:invoke answers as recorded', async () => {
    const states = await startStates({ functions: functions(async () => answer('{"a": 1}')) });
    const { output } = await outcome(states, call(INVOKE, { FunctionName: 'f', 'Payload.$': '$' }));
    const headers = {
      'X-Amz-Executed-Version': '$LATEST',
      'x-amzn-Remapped-Content-Length': '0',
      Connection: 'keep-alive',
      'x-amzn-RequestId': answer('').requestId,
      'Content-Length': '8',
      Date: expect.stringMatching(/ GMT$/),
      'X-Amzn-Trace-Id': expect.any(String),
      'Content-Type': 'application/json',
    };
    const lists = Object.entries(headers).map(([name, value]) => [name, [value]]);
    expect(output).toEqual({
      ExecutedVersion: '$LATEST',
      Payload: { a: 1 },
      SdkHttpMetadata: {
        AllHttpHeaders: Object.fromEntries(lists),
        HttpHeaders: headers,
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: answer('').requestId },
      StatusCode: 200,
    });
  });

  it.each([
    ['an object', { a: 1 }, '{"a":1}'],
    ['nothing', null, '{}'],
    ['JSON in a string', '0.0', '0.0'],
    ['other text', 'plain', '"plain"'],
  ])('by lambda:invoke with %s as the Payload', async (_what, Payload, expected) => {
    let event: string | undefined;
    const states = await startStates({
      functions: functions(async (_name, payload) => {
        event = payload;
        return answer('null');
      }),
    });
    await outcome(states, call(INVOKE, { FunctionName: 'f', Payload }));
    expect(event).toBe(expected);
  });

  // As recorded: the raw ARN hands on the text, lambda:invoke writes it again.
  it.each([
    ['by its ARN', call(functionArn('f')), '{"errorType": "Sad", "errorMessage": "x"}'],
    ['by lambda:invoke', call(INVOKE, { FunctionName: 'f' }), '{"errorType":"Sad","errorMessage":"x"}'],
  ])('%s that fails is a failure of its own type', async (_what, machine, cause) => {
    const states = await startStates({
      functions: functions(async () => answer('{"errorType": "Sad", "errorMessage": "x"}', true)),
    });
    expect(await outcome(states, machine)).toMatchObject({ status: 'FAILED', error: 'Sad', cause });
  });

  it('that fails without a type is unknown', async () => {
    const payload = '{"errorMessage":"gone"}';
    const states = await startStates({ functions: functions(async () => answer(payload, true)) });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      error: 'Lambda.Unknown',
      cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
    });
  });

  it('by lambda:invoke is asked as InvocationType, LogType and ClientContext say', async () => {
    const asked: unknown[] = [];
    const lambda = {
      id: 'lambda',
      operations: {
        Invoke: async (input: { readonly InvocationType?: string }) => {
          asked.push(input);
          return input.InvocationType === 'Event'
            ? { StatusCode: 202, Payload: new Uint8Array() }
            : { StatusCode: 200, ExecutedVersion: '1', LogResult: 'bG9n', Payload: Buffer.from('{"a":1}') };
        },
      },
    };
    const states = await startStates({ others: () => [lambda] });
    const parameters = {
      FunctionName: 'f',
      Qualifier: '1',
      LogType: 'Tail',
      ClientContext: 'e30=',
      Payload: { a: 1 },
    };
    const { output } = await outcome(states, call(INVOKE, parameters));
    expect(asked).toEqual([{ ...parameters, Payload: Buffer.from('{"a":1}') }]);
    expect(output).toMatchObject({
      ExecutedVersion: '1',
      LogResult: 'bG9n',
      Payload: { a: 1 },
      StatusCode: 200,
    });

    const machine = await states.create(call(INVOKE, { FunctionName: 'f', InvocationType: 'Event' }), {
      name: 'event',
    });
    const accepted = JSON.parse((await states.run(machine)).output ?? '');
    expect(accepted).toMatchObject({
      Payload: '',
      SdkHttpMetadata: { HttpStatusCode: 202 },
      StatusCode: 202,
    });
    expect(accepted).not.toHaveProperty('ExecutedVersion');
    expect(accepted.SdkHttpMetadata.HttpHeaders).not.toHaveProperty('X-Amz-Executed-Version');
  });

  it.each([
    ['ResourceNotFoundException', 404, `Function not found: ${functionArn('f')}:$LATEST`],
    ['TooManyRequestsException', 429, 'Rate Exceeded.'],
  ])('that Lambda refuses with %s', async (code, httpStatus, message) => {
    const states = await startStates({
      functions: functions(async () => {
        throw new AwsError(code, message, httpStatus);
      }),
    });
    const failed = await outcome(states, call(INVOKE, { FunctionName: 'f' }));
    expect(failed.error).toBe(`Lambda.${code}`);
    expect(failed.cause).toMatch(
      new RegExp(
        `^${message.replaceAll(/[$.]/g, '\\$&')} \\(Service: AWSLambda; Status Code: ${httpStatus}; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
      ),
    );
  });

  it('that Lambda refuses with an error that its model does not name', async () => {
    const states = await startStates({
      functions: functions(async () => {
        throw new AwsError('ValidationException', '1 validation error detected', 400);
      }),
    });
    const failed = await outcome(states, call(INVOKE, { FunctionName: 'f' }));
    expect(failed.error).toBe('Lambda.AWSLambdaException');
  });

  it('that answers too much exceeds the limit', async () => {
    const states = await startStates({
      functions: functions(async () => answer(JSON.stringify('x'.repeat(256 * 1024)))),
    });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('is not what an execution fails with when the cloud itself is at fault', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => stderr.mockRestore());
    const states = await startStates({
      functions: functions(async () => {
        throw new TypeError('a bug');
      }),
    });
    expect(await outcome(states, call(functionArn('f')))).toMatchObject({
      status: 'FAILED',
      error: 'Skyground.InternalError',
      cause: 'The embedded cloud itself failed: a bug',
    });
    expect(stderr).toHaveBeenCalledWith(expect.stringContaining('TypeError: a bug'));
  });
});
