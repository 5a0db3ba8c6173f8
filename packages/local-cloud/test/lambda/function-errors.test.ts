import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { startLambda, until } from './lambda-fixture.ts';
import { loadLambdaRecordings } from './recordings.ts';

const recordings = loadLambdaRecordings();
const reportOf = (tail: string) => tail.split('\n').find((line) => line.startsWith('REPORT')) ?? '';

describe('errors of the handler', () => {
  test('a thrown error is the payload, in the runtime’s form, and the environment stays', async () => {
    const { create, invoke } = await startLambda();
    await create(`let n = 0; class Odd extends Error { name = 'Odd'; code = 7 }
      export const handler = async (event) => { n += 1; if (event.fail) throw new Odd('it failed'); return n; };`);
    const failed = await invoke({ fail: true });
    expect(failed).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      FunctionError: 'Unhandled',
      payload: {
        errorType: 'Odd',
        errorMessage: 'it failed',
        trace: expect.arrayContaining([expect.stringContaining('it failed')]),
      },
    });
    expect(failed.tail).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"Odd","errorMessage":"it failed","name":"Odd","code":7,"stack":\[/,
    );
    expect(reportOf(failed.tail)).not.toContain('Status');
    expect((await invoke()).payload).toBe(2);
  });

  test('what is no Error is reported by its type', async () => {
    const { create, invoke } = await startLambda();
    await create('export const handler = async () => { throw "text"; };');
    expect((await invoke()).payload).toEqual({ errorType: 'string', errorMessage: 'text', trace: [] });
  });

  test.for([
    ['Object.assign(new Error("text"), { name: "\\ud800" })', { errorType: '\ufffd', errorMessage: 'text' }],
    ['Object.assign(new Error("text"), { name: Symbol("odd") })', { errorType: 'handled' }],
    ['Object.create(null)', { errorType: 'handled' }],
  ] as const)('%s is reported, however odd', async ([thrown, expected]) => {
    const { create, invoke } = await startLambda();
    await create(
      `let n = 0; export const handler = async ({ fail }) => { n += 1; if (fail) throw ${thrown}; return n; };`,
    );
    expect((await invoke({ fail: true })).payload).toMatchObject(expected);
    expect((await invoke()).payload).toBe(2);
  });

  test.for([
    ['setTimeout(() => { throw new RangeError("later"); })', 'RangeError', 'later'],
    ['Promise.reject(new Error("forgotten"))', 'Runtime.UnhandledPromiseRejection', 'Error: forgotten'],
  ] as const)('%s ends the runtime and is the payload', async ([statement, errorType, errorMessage]) => {
    const { create, invoke } = await startLambda();
    await create(
      `let n = 0; export const handler = async (event) => {
      n += 1; if (event.fail) { ${statement}; await new Promise((resolve) => setTimeout(resolve, 60_000)); } return n; };`,
      { Timeout: 60 },
    );
    expect(await invoke({ fail: true })).toMatchObject({
      FunctionError: 'Unhandled',
      payload: { errorType, errorMessage },
    });
    expect((await invoke()).payload).toBe(1);
  });

  test('a response over 6 MB', async () => {
    const { create, invoke } = await startLambda();
    await create('export const handler = async () => "x".repeat(6 * 1024 * 1024 + 99);');
    const { FunctionError, payload } = await invoke();
    expect(FunctionError).toBe('Unhandled');
    expect(payload).toEqual(
      recordings?.functionError('response_too_large', 'invoke_result').Payload ?? {
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
        errorType: 'Function.ResponseSizeTooLarge',
      },
    );
  });
});

describe('processes that end', () => {
  test.for([
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    ['process.exit(3)', 'Runtime exited with error: exit status 3'],
    ['process.kill(process.pid, "SIGKILL")', 'Runtime exited with error: signal: killed'],
    ['process.abort()', 'Runtime exited with error: signal: aborted'],
  ] as const)('%s in the handler', async ([statement, reason]) => {
    const { create, invoke } = await startLambda();
    await create(
      `let n = 0; export const handler = async (event) => { n += 1; if (event.fail) { ${statement}; await new Promise(() => setTimeout(() => {}, 60_000)); } return n; };`,
      { Timeout: 60 },
    );
    const { FunctionError, payload, tail } = await invoke({ fail: true });
    expect(FunctionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${reason}$`)),
    });
    expect(tail).toContain(`Error: ${reason}\nRuntime.ExitError\n`);
    expect(reportOf(tail)).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\t$/);
    expect((await invoke()).payload).toBe(1);
  });

  test('an exit before the handler is called', async () => {
    const { create, invoke } = await startLambda();
    await create('setImmediate(() => process.exit(3)); export const handler = async () => 1;');
    expect((await invoke()).payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 3'),
    });
  });

  test('exit at the handler, as recorded', async ({ skip }) => {
    if (recordings === undefined) return skip('recordings not found');
    const { create, invoke } = await startLambda();
    await create('export const handler = async () => process.exit(0);');
    const recorded = recordings.functionError(
      'TestLambdaErrors::test_lambda_handler_exit',
      'invocation_error',
    );
    const { text, FunctionError } = await invoke();
    expect(FunctionError).toBe(recorded.FunctionError);
    expect(JSON.parse(text.replace(/[0-9a-f-]{36}/, '<uuid>'))).toEqual(recorded.Payload);
  });

  test('memory over the limit', async () => {
    const { create, invoke } = await startLambda();
    await create(
      'export const handler = async (event) => { if (event.fail) Buffer.alloc(300e6, 1); return "ok"; };',
    );
    const { payload, tail } = await invoke({ fail: true });
    expect(payload).toMatchObject({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
    });
    expect(reportOf(tail)).toMatch(
      /\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime\.OutOfMemory\t$/,
    );
    expect((await invoke()).payload).toBe('ok');
  });

  test('an error of the handler does not leave its memory to the next invocation', async () => {
    const { create, invoke } = await startLambda();
    await create(
      'export const handler = async (event) => { if (event.fail) { Buffer.alloc(100e6, 1); throw new Error("boom"); } return "ok"; };',
    );
    expect((await invoke({ fail: true })).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect((await invoke()).payload).toBe('ok');
  });
});

describe('time limits', () => {
  test('a hanging handler is killed, its environment keeps files but not memory', async () => {
    const clock = new ManualClock();
    const { create, invoke, logStreams } = await startLambda({ clock });
    await create(
      `import { existsSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os';
      let n = 0; const file = tmpdir() + '/kept';
      export const handler = async (event) => {
        n += 1; writeFileSync(file, 'x'); if (!event.hang) return { n };
        console.log('hanging'); await new Promise(() => setTimeout(() => {}, 60_000)); };
      export const look = async () => existsSync(file);`,
      { Timeout: 1 },
    );
    await invoke();
    const hanging = invoke({ hang: true });
    await until(async () => expect((await logStreams())[0]?.messages.join('')).toContain('hanging'));
    clock.advance(1000);

    const { FunctionError, text, tail } = await hanging;
    expect(FunctionError).toBe('Unhandled');
    const recorded = recordings?.functionError('timeout', 'invoke-result').Payload;
    expect(JSON.parse(text.replace(/[0-9a-f-]{36}/, '<timeout_error_msg>'))).toEqual(
      recorded ?? {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: <timeout_error_msg> Error: Task timed out after 1.00 seconds',
      },
    );
    expect(tail).toMatch(/Z [0-9a-f-]{36} Task timed out after 1\.00 seconds\n\n/);
    expect(reportOf(tail)).toMatch(/\tStatus: timeout\t$/);

    const next = await invoke();
    expect(next.payload).toEqual({ n: 1 });
    expect(next.tail).not.toContain('Init Duration');
    expect(await logStreams()).toHaveLength(1);
  });

  test('an init within the invocation uses up its time', async () => {
    const clock = new ManualClock();
    const { create, invoke, logStreams } = await startLambda({ clock });
    await create(
      `import { existsSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os';
      const go = tmpdir() + '/go'; const again = existsSync(tmpdir() + '/ran');
      if (again) { console.log('init again', go); while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 5)); }
      writeFileSync(tmpdir() + '/ran', '');
      export const handler = async (event, context) => { if (event.exit) process.exit(1); return Date.now() + context.getRemainingTimeInMillis(); };`,
      { Timeout: 900 },
    );
    await invoke({ exit: true });
    const deadlineMs = clock.now() + 900_000;
    const invoked = invoke();
    const go = await until(async () => {
      const found = (await logStreams())[0]?.messages.join('').match(/init again (\S+)/)?.[1];
      if (found === undefined) throw new Error('Not yet in the second init.');
      return found;
    });
    clock.advance(60_000);
    writeFileSync(go, '');
    expect((await invoked).payload).toBe(deadlineMs);
  });

  test('an init of more than 10 s is done again in the invoke', async () => {
    const clock = new ManualClock();
    const { create, invoke, logStreams } = await startLambda({ clock });
    await create(
      `import { existsSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os';
      const file = tmpdir() + '/tried';
      if (!existsSync(file)) { writeFileSync(file, ''); console.log('slow'); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
      export const handler = async () => 'ok';`,
    );
    const invoked = invoke();
    await until(async () => expect((await logStreams())[0]?.messages.join('')).toContain('slow'));
    clock.advance(10_000);
    expect((await invoked).payload).toBe('ok');
    const [stream] = await logStreams();
    expect(stream?.messages.join('')).toMatch(
      /INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: timeout\nSTART/,
    );
  });
});

describe('init that fails', () => {
  test.for([
    ['throw new TypeError("bad start"); export const handler = 1;', 'TypeError', 'bad start'],
    [
      'export const other = async () => {};',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    [
      'import "./missing.mjs"; export const handler = async () => {};',
      'Runtime.ImportModuleError',
      expect.stringContaining('missing.mjs'),
    ],
    [
      'export const handler = async () => {',
      'Runtime.UserCodeSyntaxError',
      expect.stringContaining('SyntaxError'),
    ],
  ] as const)('%s', async ([code, errorType, errorMessage]) => {
    const { create, invoke, logStreams } = await startLambda();
    await create(code);
    const { FunctionError, payload, tail } = await invoke();
    expect(FunctionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType, errorMessage, trace: expect.any(Array) });
    expect(reportOf(tail)).toMatch(new RegExp(`\\tStatus: error\\tError Type: ${errorType}\\t$`));
    const log = (await logStreams())[0]?.messages.join('') ?? '';
    expect(log).toContain(`Phase: init\tStatus: error\tError Type: ${errorType}\n`);
    expect(log).toContain(`Phase: invoke\tStatus: error\tError Type: ${errorType}\n`);
    expect(log).toContain('\tundefined\tERROR\tUncaught Exception \t{');
  });

  test('an exit in init', async () => {
    const { create, invoke } = await startLambda();
    await create('process.exit(0); export const handler = 1;');
    expect((await invoke()).payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Error: Runtime exited without providing a reason'),
    });
  });
});
