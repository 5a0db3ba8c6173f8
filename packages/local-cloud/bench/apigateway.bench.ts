// A request through an HTTP API to a warm echo function against a direct Invoke of it by the SDK, and against a request that
// the gateway answers by itself, interleaved.
//   node bench/apigateway.bench.ts
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { ensureLocalCloud } from '../src/index.ts';
import { functionZip } from '../test/support/function-zip.ts';
import { printed, spreadOf } from './fixtures/spread.ts';

const ROUNDS = 20;
const CALLS_A_ROUND = 100;
const WARM_UP_CALLS = 300;

const scratch = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
const cloud = await ensureLocalCloud({
  stateDir: join(scratch, 'state'),
  signal: new AbortController().signal,
});
const config = { endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials };
const lambda = new LambdaClient(config);
const gateway = new ApiGatewayV2Client(config);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
try {
  await bench();
} finally {
  agent.destroy();
  lambda.destroy();
  gateway.destroy();
  await cloud.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'echo',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/bench',
      Code: {
        ZipFile: await functionZip("export const handler = async () => ({ statusCode: 200, body: 'ok' });"),
      },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'echo',
      StatementId: 'bench',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  const { ApiEndpoint = '' } = await gateway.send(
    new CreateApiCommand({ Name: 'bench', ProtocolType: 'HTTP', Target: FunctionArn, RouteKey: 'GET /echo' }),
  );
  const arms = {
    'through the HTTP API': () => get(`${ApiEndpoint}/echo`, 200),
    'Invoke by the SDK': () => lambda.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{}' })),
    'answered by the gateway (404)': () => get(`${ApiEndpoint}/missing`, 404),
  };
  for (const call of Object.values(arms)) await time(call, WARM_UP_CALLS);
  const samples = new Map(Object.keys(arms).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, call] of Object.entries(arms)) {
      samples.get(name)?.push(...(await time(call, CALLS_A_ROUND)));
    }
  }
  console.log(`warm echo function, ${ROUNDS * CALLS_A_ROUND} calls each, one after the other`);
  for (const [name, durationsMs] of samples)
    console.log(`  ${name.padEnd(30)} ${printed(spreadOf(durationsMs), 'ms')}`);
}

async function time(call: () => Promise<unknown>, count: number): Promise<number[]> {
  const durationsMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await call();
    durationsMs.push(performance.now() - startedAt);
  }
  return durationsMs;
}

async function get(url: string, expectedStatus: number): Promise<void> {
  const sent = request(url, { agent });
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, 'response');
  const body = response === undefined ? '' : await text(response);
  if (response?.statusCode !== expectedStatus) throw new Error(`Expected ${expectedStatus}, got: ${body}`);
}
