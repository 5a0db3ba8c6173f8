import { writeFileSync } from 'node:fs';
import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { startLambda, until } from './lambda-fixture.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const never = new AbortController().signal;

test('another service invokes without a socket, and gets what Invoke answers', async () => {
  const { create, service, logStreams } = await startLambda();
  await create(`export const handler = async ({ fail, ...event }, { awsRequestId, invokedFunctionArn }) => {
    if (fail) throw new TypeError('on purpose');
    return { event, awsRequestId, invokedFunctionArn }; };`);
  const answer = await service.invoker.invoke(arn('fn'), '{"a":"ü"}', never);
  expect(answer).toMatchObject({ isFunctionError: false, executedVersion: '$LATEST' });
  expect(JSON.parse(answer.payload)).toEqual({
    event: { a: 'ü' },
    awsRequestId: answer.requestId,
    invokedFunctionArn: arn('fn'),
  });
  const failed = await service.invoker.invoke(arn('fn'), '{"fail":true}', never);
  expect(failed.isFunctionError).toBe(true);
  expect(JSON.parse(failed.payload)).toMatchObject({ errorType: 'TypeError', errorMessage: 'on purpose' });
  const [stream] = await logStreams();
  expect(stream?.messages.filter((line) => line.startsWith('REPORT'))).toHaveLength(2);
});

test('what Invoke refuses it refuses with the same error', async () => {
  const { create, service, client } = await startLambda();
  await create('export const handler = async () => {};');
  await expect(service.invoker.invoke(arn('missing'), '{}', never)).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Function not found: ${arn('missing')}:$LATEST`,
  });
  await expect(service.invoker.invoke(`${arn('fn')}:7`, '{}', never)).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Function not found: ${arn('fn')}:7`,
  });
  const tooLarge = JSON.stringify('x'.repeat(6 * 1024 * 1024));
  await expect(service.invoker.invoke(arn('fn'), tooLarge, never)).rejects.toMatchObject({
    code: 'RequestTooLargeException',
  });
  await client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }),
  );
  await expect(service.invoker.invoke(arn('fn'), '{}', never)).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });
});

test('a caller that gives up does not end the invocation', async () => {
  const { create, service, environment, logStreams } = await startLambda();
  await create(
    `import { existsSync } from 'node:fs';
     export const handler = async (path) => { console.log('began');
       while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
       console.log('went on'); };`,
    { Timeout: 60 },
  );
  const gate = `${environment.stateDir}/gate`;
  const waiting = new AbortController();
  const answer = service.invoker.invoke(arn('fn'), JSON.stringify(gate), waiting.signal);
  const seen = async () => (await logStreams()).flatMap(({ messages }) => messages).join('');
  await until(async () => expect(await seen()).toContain('began'));
  const reason = new Error('no longer wanted');
  waiting.abort(reason);
  await expect(answer).rejects.toBe(reason);
  writeFileSync(gate, '');
  await until(async () => expect(await seen()).toContain('went on'));
  await expect(service.invoker.invoke(arn('fn'), '{}', waiting.signal)).rejects.toBe(reason);
});
