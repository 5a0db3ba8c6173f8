// Warm invoke and cold start of the embedded Lambda against their floors, interleaved.
//   node bench/lambda.bench.ts
// BENCH_LAMBDA_ZIP names a deployment package for the cold start (image-processor's, say), BENCH_LAMBDA_HANDLER its handler
// (index.handler), BENCH_LAMBDA_VARIABLES what it wants of its environment (JSON). Without it a stand-in loads the S3 client.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { LOCAL_REGION } from '../src/credentials.ts';
import { unzip } from '../src/services/lambda/code/unzip.ts';
import { BENCH_CREDENTIALS } from './fixtures/credentials.ts';
import { serve } from './fixtures/serving-process.ts';
import { printed, spreadOf } from './fixtures/spread.ts';

const WARM_ROUNDS = 20;
const INVOKES_A_ROUND = 100;
const WARM_UP_INVOKES = 300;
const COLD_ROUNDS = 25;
const WARM_BOUND = 1.6;
const COLD_BOUND = 1.25;

/** Of the cold package. */
const variables = z
  .record(z.string(), z.string())
  .parse(JSON.parse(process.env['BENCH_LAMBDA_VARIABLES'] ?? '{}'));

const scratch = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
const [cloud, floor] = await Promise.all([
  serve('lambda-cloud.ts', join(scratch, 'state')),
  serve('floor-server.ts'),
]);
const cloudClient = clientOf(cloud.endpoint);
const floorClient = clientOf(floor.endpoint);
try {
  await createFunction(
    'empty',
    await zipOf('index.mjs', 'export const handler = async () => ({});'),
    'index.handler',
  );
  await warmInvoke();
  await coldStart();
} finally {
  cloudClient.destroy();
  floorClient.destroy();
  await Promise.all([cloud.stop(), floor.stop()]);
  rmSync(scratch, { recursive: true, force: true });
}

async function warmInvoke(): Promise<void> {
  await timeInvokes(cloudClient, WARM_UP_INVOKES);
  await timeInvokes(floorClient, WARM_UP_INVOKES);
  const cloudMs: number[] = [];
  const floorMs: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < WARM_ROUNDS; round += 1) {
    const inCloud = await timeInvokes(cloudClient, INVOKES_A_ROUND);
    const onFloor = await timeInvokes(floorClient, INVOKES_A_ROUND);
    cloudMs.push(...inCloud);
    floorMs.push(...onFloor);
    ratios.push(spreadOf(inCloud).p50 / spreadOf(onFloor).p50);
  }
  report('warm synchronous invoke, empty handler', cloudMs, floorMs, ratios, WARM_BOUND);
}

async function coldStart(): Promise<void> {
  const { zip, handler, what } = await coldPackage();
  await createFunction('cold', zip, handler);
  const folder = join(scratch, 'code');
  mkdirSync(folder);
  await unzip(zip, folder);
  const loader = join(scratch, 'load.cjs');
  // What a cold start cannot do without: Node, and the bundle loaded by it. Tells by its first byte.
  writeFileSync(
    loader,
    `import(${JSON.stringify(join(folder, moduleFile(folder, handler)))}).then(() => require('fs').writeSync(1, 'x'));`,
  );
  const cloudMs: number[] = [];
  const floorMs: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < COLD_ROUNDS; round += 1) {
    const inCloud = await initDuration(round);
    const bare = await bareSpawn(loader);
    // The first round fills the page cache.
    if (round === 0) continue;
    cloudMs.push(inCloud);
    floorMs.push(bare);
    ratios.push(inCloud / bare);
  }
  report(`cold start, ${what}`, cloudMs, floorMs, ratios, COLD_BOUND);
}

/** A changed configuration ends the environments, so the next invoke is cold. The figure is the REPORT line's. */
async function initDuration(round: number): Promise<number> {
  await cloudClient.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'cold', Description: `round ${round}` }),
  );
  const { LogResult = '' } = await cloudClient.send(
    new InvokeCommand({ FunctionName: 'cold', LogType: 'Tail', Payload: '{"Records":[]}' }),
  );
  const tail = Buffer.from(LogResult, 'base64').toString();
  const [, duration] = tail.match(/Init Duration: ([\d.]+) ms/) ?? [];
  if (duration === undefined) throw new Error(`No Init Duration in:\n${tail}`);
  return Number(duration);
}

async function bareSpawn(loader: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [loader], {
    env: { AWS_REGION: LOCAL_REGION, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const loaded = await Promise.race([once(child.stdout, 'data').then(() => true), exited.then(() => false)]);
  const durationMs = performance.now() - startedAt;
  child.kill('SIGKILL');
  await exited;
  if (!loaded) throw new Error('The package cannot be loaded outside the cloud: see its error above.');
  return durationMs;
}

async function coldPackage(): Promise<{ zip: Buffer; handler: string; what: string }> {
  const path = process.env['BENCH_LAMBDA_ZIP'];
  if (path !== undefined) {
    return {
      zip: readFileSync(path),
      handler: process.env['BENCH_LAMBDA_HANDLER'] ?? 'index.handler',
      what: path,
    };
  }
  const s3 = createRequire(import.meta.url).resolve('@aws-sdk/client-s3');
  const source = `const { S3Client } = require(${JSON.stringify(s3)});\nnew S3Client({});\nexports.handler = async () => ({});\n`;
  return {
    zip: await zipOf('index.cjs', source),
    handler: 'index.handler',
    what: 'stand-in package that loads the S3 client',
  };
}

function moduleFile(folder: string, handler: string): string {
  const name = handler.slice(0, handler.indexOf('.'));
  for (const extension of ['.js', '.mjs', '.cjs']) {
    try {
      readFileSync(join(folder, `${name}${extension}`));
      return `${name}${extension}`;
    } catch {
      // The next one.
    }
  }
  throw new Error(`The package has no ${name}.js, .mjs or .cjs.`);
}

async function timeInvokes(client: LambdaClient, count: number): Promise<number[]> {
  const durations: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await client.send(new InvokeCommand({ FunctionName: 'empty', Payload: '{}' }));
    durations.push(performance.now() - startedAt);
  }
  return durations;
}

async function createFunction(FunctionName: string, ZipFile: Buffer, Handler: string): Promise<void> {
  await cloudClient.send(
    new CreateFunctionCommand({
      FunctionName,
      Handler,
      Role: 'arn:aws:iam::000000000000:role/bench',
      Runtime: 'nodejs24.x',
      MemorySize: 1024,
      Timeout: 30,
      Code: { ZipFile },
      Environment: { Variables: variables },
    }),
  );
}

function zipOf(name: string, source: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(source), name);
  zip.end();
  return buffer(zip.outputStream);
}

function clientOf(endpoint: string): LambdaClient {
  return new LambdaClient({ endpoint, region: LOCAL_REGION, credentials: BENCH_CREDENTIALS, maxAttempts: 1 });
}

function report(title: string, cloudMs: number[], floorMs: number[], ratios: number[], bound: number): void {
  const ratio = spreadOf(cloudMs).p50 / spreadOf(floorMs).p50;
  console.log(`${title} (n = ${cloudMs.length})`);
  console.log(`  embedded cloud  ${printed(spreadOf(cloudMs), 'ms')}`);
  console.log(`  floor           ${printed(spreadOf(floorMs), 'ms')}`);
  console.log(
    `  ratio of p50    ${ratio.toFixed(2)} (per round: ${printed(spreadOf(ratios), 'x')}); aim: at most ${bound}`,
  );
}
