import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { handler } from '../src/functions/predict.ts';
import { deployIris, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const CLI = fileURLToPath(new URL('../src/try/cli.ts', import.meta.url));
const PREDICTED = /^\{"predictions":\[0\],"classNames":\["setosa"\],"probabilities":\[\[0\.99/m;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await deployIris(cloud);
});
afterAll(async () => {
  await cloud.stop();
});

/** Starts the command as a person does, who has no settings in the environment. */
async function tryIt(...args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'], INIT_CWD: cloud.stateDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

/** A server on a free port that speaks the container's path, and answers an event with this. */
async function container(answer: (event: unknown) => Promise<unknown>) {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isInvocation =
      request.method === 'POST' && request.url === '/2015-03-31/functions/function/invocations';
    if (!isInvocation) {
      response.writeHead(404).end();
      return;
    }
    const answered = await answer(await json(request));
    response.end(typeof answered === 'string' ? answered : JSON.stringify(answered));
  };
  const server = createServer((request, response) => void serve(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

describe('try', () => {
  it('invokes the function with the mock event, and prints request and answer', async () => {
    const { exitCode, stdout, stderr } = await tryIt('--state', cloud.stateDir);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^Invoke skyground-iris on cloud \(local\)\n\{"body":"\{\\"values\\":\[\[5\.1,3\.5,1\.4,0\.2\]\]\}"\}\n\n200\n/,
    );
    expect(stdout).toMatch(PREDICTED);
    expect(exitCode).toBe(0);
  });

  it('posts to the API', async () => {
    const { exitCode, stdout, stderr } = await tryIt('--api', '--state', cloud.stateDir);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^POST http:\/\/127\.0\.0\.1:\d+\/_execute-api\/\w+\/default\/predict\n\{"values":/,
    );
    expect(stdout).toMatch(PREDICTED);
    expect(exitCode).toBe(0);
  });

  it('posts to a container', async () => {
    await using server = await container((event) => handler(event, { awsRequestId: 'request-1' }));
    const { exitCode, stdout, stderr } = await tryIt('--container', server.url);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^POST http:\/\/127\.0\.0\.1:\d+\/2015-03-31\/functions\/function\/invocations\n\{"body":/,
    );
    expect(stdout).toMatch(PREDICTED);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['a refusal', { statusCode: 400, headers: {}, body: '{"message":"no"}' }, /400\n\{"message":"no"\}\n$/],
    [
      'a body that is no prediction',
      { statusCode: 200, headers: {}, body: '\u001b[2Jhello' },
      /200\n"\\u001b\[2Jhello"\n$/,
    ],
    [
      'a fault of the function',
      { errorType: 'Error' },
      /expected statusCode, headers and body, received "\{/,
    ],
    ['no JSON', 'hello', /expected statusCode, headers and body, received "hello"/],
  ])('ends with 1 for %s', async (_what, answer, said) => {
    await using server = await container(async () => answer);
    const { exitCode, stdout, stderr } = await tryIt('--container', server.url);
    expect(`${stdout}${stderr}`).toMatch(said);
    expect(exitCode).toBe(1);
  });

  it.each([
    [['--prefix', 'other'], /has no function other-iris\. Deploy it first, .*npm run deploy -w apps\/iris/],
    [['--api', '--prefix', 'other'], /has no REST API other-iris\. Deploy it first/],
    [['--container', 'http://127.0.0.1:9'], /there was none .*Start the container first: docker run/],
    [['--container', 'ftp://x'], /--container: expected an http\(s\) URL, received "ftp:\/\/x"/],
    [['--api', '--function'], /Expected one of --function, --api and --container/],
    [['--no-such-flag'], /unknown option/],
  ])('ends with 2 and says what to do: %j', async (args, said) => {
    const { exitCode, stderr } = await tryIt(...args, '--state', cloud.stateDir);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });
});
