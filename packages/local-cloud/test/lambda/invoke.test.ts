import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { startLambda, until } from './lambda-fixture.ts';
import { asSdkError, loadLambdaRecordings } from './recordings.ts';

const ECHO = 'export const handler = async (event) => event;';
const recordings = loadLambdaRecordings();

test('a first invoke is cold, the next is warm in the same environment', async () => {
  const { create, invoke, logStreams } = await startLambda();
  await create(
    'let n = 0; export const handler = async (event) => ({ n: n += 1, event, pid: process.pid });',
  );

  const cold = await invoke({ a: 1 });
  const warm = await invoke({ a: 2 });

  expect(cold).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    payload: { n: 1, event: { a: 1 } },
  });
  expect(cold.FunctionError).toBeUndefined();
  expect(cold.tail).toMatch(/\tInit Duration: \d+\.\d\d ms\t\n$/);
  expect(warm.payload).toMatchObject({ n: 2, event: { a: 2 }, pid: cold.payload.pid });
  expect(warm.tail).not.toContain('Init Duration');
  expect(await logStreams()).toHaveLength(1);
});

test('the log is whole and in order before a caller has the answer', async () => {
  const { create, invoke, logStreams } = await startLambda();
  await create(`console.log('loading'); export const handler = async (event, context) => {
    console.warn('one\\ntwo', { a: 1 });
    process.stdout.write('raw line\\nraw end'); process.stderr.write(' of stderr\\n');
    return context.awsRequestId; };`);

  const { payload: requestId, tail } = await invoke();

  const [stream] = await logStreams();
  expect(stream?.name).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  const expected = [
    /^INIT_START Runtime Version: nodejs:24\.v\d+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/,
    new RegExp(`^${time}\tundefined\tINFO\tloading\n$`),
    new RegExp(`^START RequestId: ${requestId} Version: \\$LATEST\n$`),
    new RegExp(`^${time}\t${requestId}\tWARN\tone\ntwo \\{ a: 1 \\}\n$`),
    /^raw line\n$/,
    /^raw end of stderr\n$/,
    new RegExp(`^END RequestId: ${requestId}\n$`),
    new RegExp(
      `^REPORT RequestId: ${requestId}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$`,
    ),
  ];
  expect(stream?.messages).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(stream?.messages[index]).toMatch(pattern);
  expect(tail).toBe(stream?.messages.slice(2).join(''));
});

test('megabytes of output are kept whole and in order over several invocations', async () => {
  const { create, invoke, logStreams } = await startLambda();
  await create(
    `export const handler = async ({ from }) => { for (let i = from; i < from + 1000; i += 1) console.log('n' + i + ' ' + 'x'.repeat(1500)); };`,
  );
  for (const from of [0, 1000, 2000]) await invoke({ from });
  const [stream] = await logStreams();
  const numbers = stream?.messages.flatMap((message) => message.match(/\tn(\d+) x/)?.[1] ?? []) ?? [];
  expect(numbers.length).toBeGreaterThan(0);
  // GetLogEvents gives a page of 1 MB: its lines follow each other without a gap.
  expect(numbers.map(Number)).toEqual(numbers.map((_, index) => Number(numbers[0]) + index));
  const last = await invoke({ from: 3000 });
  expect(last.tail).toContain('n3999 ');
});

test('the tail is the last 4 KB', async () => {
  const { create, invoke } = await startLambda();
  await create(
    `export const handler = async () => { for (let i = 0; i < 500; i += 1) console.log('line', i); };`,
  );
  const { tail } = await invoke();
  expect(Buffer.byteLength(tail)).toBe(4096);
  expect(tail).toContain('line 499');
  expect(tail).toMatch(/REPORT .*\n$/);
});

describe.skipIf(recordings === undefined)(
  'invocation types as recorded (skipped: recordings not found)',
  () => {
    test.for([
      ['RequestResponse', 'TestLambdaFeatures::test_invocation_type_request_response[python3.10]'],
      ['Event', 'TestLambdaFeatures::test_invocation_type_event[python3.10]'],
      ['DryRun', 'TestLambdaFeatures::test_invocation_type_dry_run[python3.10]'],
    ] as const)('%s', async ([InvocationType, recording]) => {
      const { create, invoke } = await startLambda();
      await create(ECHO);
      const recorded = recordings?.invokeType(recording, 'invoke-result');
      const { text, StatusCode, ExecutedVersion } = await invoke({}, { InvocationType });
      expect(StatusCode).toBe(recorded?.StatusCode);
      expect(ExecutedVersion).toBe(recorded?.['ExecutedVersion']);
      expect(text).toBe(
        typeof recorded?.Payload === 'string' ? recorded.Payload : JSON.stringify(recorded?.Payload),
      );
    });

    test('a handler that returns nothing answers null', async () => {
      const { create, invoke } = await startLambda();
      await create('export const handler = async () => {};');
      const recorded = recordings?.invokeType(
        'TestLambdaFeatures::test_invocation_type_no_return_payload[nodejs-RequestResponse]',
        'invoke-result',
      );
      expect((await invoke()).text).toBe(recorded?.Payload);
    });

    test.for([
      [
        'TestLambdaErrors::test_lambda_invoke_payload_encoding_error[body-n\\x87r\\x9e\\xe9\\xb5\\xd7I\\xee\\x9bmt]',
        'invoke_function_invalid_payload_body',
        '6e87729ee9b5d749ee9b6d74',
      ],
      [
        'TestLambdaErrors::test_lambda_invoke_payload_encoding_error[message-\\x99\\xeb,j\\x07\\xa1zYh]',
        'invoke_function_invalid_payload_message',
        '99eb2c6a07a17a5968',
      ],
    ] as const)('%s', async ([recording, step, payloadHex]) => {
      const { create, client } = await startLambda();
      await create(ECHO);
      const refused = client.send(
        new InvokeCommand({ FunctionName: 'fn', Payload: Buffer.from(payloadHex, 'hex') }),
      );
      const recorded = recordings?.refusal(recording, step);
      await expect(refused).rejects.toMatchObject(recorded === undefined ? {} : asSdkError(recorded));
    });

    test('an unknown function', async () => {
      const { client } = await startLambda();
      const recorded = recordings?.refusal('unknown_function', 'invoke_function_doesnotexist');
      const refused = client.send(new InvokeCommand({ FunctionName: 'doesnotexist' }));
      await expect(refused).rejects.toMatchObject({
        name: recorded?.Error.Code,
        message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:doesnotexist:$LATEST',
        $metadata: { httpStatusCode: recorded?.ResponseMetadata.HTTPStatusCode },
      });
    });
  },
);

test('no payload is an empty event; other versions than $LATEST do not exist', async () => {
  const { create, client } = await startLambda();
  const { FunctionArn } = await create(ECHO);
  const answer = await client.send(new InvokeCommand({ FunctionName: FunctionArn, Qualifier: '$LATEST' }));
  expect(answer.Payload?.transformToString()).toBe('{}');
  await expect(client.send(new InvokeCommand({ FunctionName: 'fn', Qualifier: '7' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${FunctionArn}:7`,
  });
});

test('payloads over the limits are refused', async () => {
  const { create, invoke } = await startLambda();
  await create(ECHO);
  const text = (sizeBytes: number) => JSON.stringify('x'.repeat(sizeBytes - 2));
  await expect(invoke({}, { InvocationType: 'Event', Payload: text(1024 * 1024 + 1) })).rejects.toMatchObject(
    {
      name: 'RequestTooLargeException',
      message: '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    },
  );
  await expect(invoke({}, { Payload: text(6 * 1024 * 1024 + 1) })).rejects.toMatchObject({
    name: 'RequestTooLargeException',
  });
  expect((await invoke({}, { Payload: text(6 * 1024 * 1024) })).text).toHaveLength(6 * 1024 * 1024);
});

test('a payload that is not UTF-8 is refused with the place of the bad byte', async () => {
  const { create, invoke } = await startLambda();
  await create(ECHO);
  const Payload = Buffer.from('"é\ufffdx?"');
  Payload[7] = 0xff;
  await expect(invoke({}, { Payload })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    message: expect.stringMatching(/Invalid UTF-8 start byte 0xff\n.* column: 9\]$/),
  });
});

test('handlers of every module kind, in folders and nested exports', async () => {
  const { create, invoke } = await startLambda({ maximumConcurrency: 20 });
  const packages = {
    cjs: [{ 'index.js': 'exports.handler = async () => "cjs";' }, 'index.handler'],
    esm: [
      { 'index.js': 'export const handler = () => "esm";', 'package.json': '{"type":"module"}' },
      'index.handler',
    ],
    nested: [
      { 'src/lib/index.mjs': 'export const api = { v1: { get: async () => "nested" } };' },
      'src/lib/index.api.v1.get',
    ],
    awaits: [
      { 'index.mjs': 'const text = await Promise.resolve("awaits"); export const handler = () => text;' },
      'index.handler',
    ],
  } as const;
  for (const [name, [files, Handler]] of Object.entries(packages)) {
    await create(files, { FunctionName: name, Handler });
    expect((await invoke({}, { FunctionName: name })).payload).toBe(name);
  }
});

test.for([
  [
    'CommonJS',
    { 'index.js': `exports.handler = async () => require('around');` },
    /Cannot find module 'around'/,
  ],
  [
    'ECMAScript',
    { 'index.mjs': `import around from 'around'; export const handler = async () => around;` },
    /Cannot find package 'around'/,
  ],
] as const)(
  'a %s package is not helped by the repository around the state folder',
  async ([, files, reason]) => {
    const { create, invoke, environment } = await startLambda();
    const around = join(environment.stateDir, 'node_modules/around');
    mkdirSync(around, { recursive: true });
    writeFileSync(join(around, 'package.json'), '{"main":"index.cjs"}');
    writeFileSync(join(around, 'index.cjs'), 'module.exports = "around";');
    writeFileSync(join(environment.stateDir, 'package.json'), '{"type":"module"}');
    await create(files);
    expect((await invoke()).payload.errorMessage).toMatch(reason);
    await create(
      {
        'index.js': `exports.handler = async () => require('brought');`,
        'node_modules/brought/index.js': 'module.exports = "brought";',
      },
      { FunctionName: 'whole' },
    );
    expect((await invoke({}, { FunctionName: 'whole' })).payload).toBe('brought');
  },
);

test('callbacks end an invocation on nodejs22.x and are refused on nodejs24.x', async () => {
  const { create, invoke } = await startLambda();
  const code = {
    'index.cjs':
      'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, "called back"), 1); };',
  };
  await create(code, { Runtime: 'nodejs22.x', FunctionName: 'older' });
  await create(code, { Runtime: 'nodejs24.x' });
  expect((await invoke({}, { FunctionName: 'older' })).payload).toBe('called back');
  expect((await invoke()).payload).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
});

test('the context says what it says on AWS', async () => {
  const { create, invoke } = await startLambda();
  const { FunctionArn } = await create(
    'export const handler = async (event, context) => ({ ...context, remainingMs: context.getRemainingTimeInMillis() });',
    { Timeout: 5, MemorySize: 256 },
  );
  const ClientContext = Buffer.from('{"custom":{"é":1}}').toString('base64');
  const { payload } = await invoke({}, { ClientContext });
  expect(payload).toMatchObject({
    functionName: 'fn',
    functionVersion: '$LATEST',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/fn',
    invokedFunctionArn: FunctionArn,
    clientContext: { custom: { é: 1 } },
  });
  expect(payload.remainingMs).toBeGreaterThan(0);
  expect(payload.remainingMs).toBeLessThanOrEqual(5000);
});

test('an accepted event is run once', async () => {
  const { create, invoke, logStreams } = await startLambda();
  await create(`export const handler = async (event) => console.log('handled', event.id);`);
  expect(await invoke({ id: 7 }, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202, text: '' });
  const messages = await until(async () => {
    const [stream] = await logStreams();
    expect(stream?.messages.at(-1)).toMatch(/^REPORT/);
    return stream?.messages ?? [];
  });
  expect(messages.filter((message) => message.includes('handled 7'))).toHaveLength(1);
});

test('the Runtime API takes nothing of a web page', async () => {
  const { create, invoke } = await startLambda();
  await create(`export const handler = async (headers) => {
    const answer = await fetch('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/elsewhere', { headers });
    return answer.status;
  };`);
  expect((await invoke({})).payload).toBe(404);
  expect((await invoke({ origin: 'https://page.example' })).payload).toBe(403);
  expect((await invoke({ 'sec-fetch-site': 'cross-site' })).payload).toBe(403);
});
