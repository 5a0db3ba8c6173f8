// The processor time that a function gets for its memory with `--cpu-share aws`, by each means that this machine permits.
//   node bench/cpu-share.bench.ts
// BENCH_CPU_SECONDS: processor time that each invocation burns (5 unless told); BENCH_CPU_MEANS: cgroup or stop-continue alone.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { startLocalCloud } from '../src/local-cloud.ts';
import { functionZip } from '../test/support/function-zip.ts';

const MEMORY_SIZES_MB = [128, 256, 512, 1024, 1536, 1769, 3008];
const ONE_CORE_MB = 1769;
const BOUND = 0.15;
const CPU_SECONDS = Number(process.env['BENCH_CPU_SECONDS'] ?? 5);

/** Counts until so much processor time is used; the time of the invocation is seen from inside, without the call. */
const HANDLER = `import { readFileSync } from 'node:fs';
const waited = () => Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6;
export const handler = async ({ cpuMs }) => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const used = () => { const { user, system } = process.cpuUsage(before); return (user + system) / 1000; };
  const waitedBefore = waited();
  let rounds = 0;
  while (used() < cpuMs) for (let n = 0; n < 2e5; n += 1) rounds += n % 3;
  return { cpuMs: used(), wallMs: performance.now() - startedAt, waitedMs: waited() - waitedBefore, rounds }; };`;
const answer = z.object({ cpuMs: z.number(), wallMs: z.number(), waitedMs: z.number(), rounds: z.number() });

const means = z
  .array(z.enum(['cgroup', 'stop-continue']))
  .parse(process.env['BENCH_CPU_MEANS']?.split(',') ?? ['cgroup', 'stop-continue']);
console.log(
  `CPU share by memory size: ${CPU_SECONDS} CPU-seconds an invocation, one at a time; load average ${loadavg()[0]?.toFixed(2)}`,
);
console.log(`
The slowdown is the time of the invocation over the processor time that it used. Others who use the cores at the same time
make it larger: the share is an upper limit, and a process that waits for a core (waited ms) gets less. By control group the
kernel counts the time over the quota as waiting, too. Load: the average of the minute that ends with the invocation.`);
for (const one of means) await sweep(one);

async function sweep(oneMeans: 'cgroup' | 'stop-continue'): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
  try {
    const cloud = await startLocalCloud({ stateDir, lambda: { cpuShare: { kind: 'aws', means: oneMeans } } });
    const client = new LambdaClient({ ...cloud, maxAttempts: 1, requestHandler: { requestTimeout: 0 } });
    try {
      await measureAll(client, oneMeans);
    } finally {
      client.destroy();
      await cloud.stop();
    }
  } catch (error) {
    console.log(
      `\n${oneMeans}: not available here. ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureAll(client: LambdaClient, oneMeans: string): Promise<void> {
  await client.send(
    new CreateFunctionCommand({
      FunctionName: 'burn',
      Role: 'arn:aws:iam::000000000000:role/bench',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      Code: { ZipFile: await functionZip(HANDLER) },
    }),
  );
  console.log(`\n${oneMeans}`);
  console.log(
    'memory MB  expected share  achieved share  CPU ms  wall ms  waited ms  expected slowdown  slowdown  load  error',
  );
  for (const MemorySize of MEMORY_SIZES_MB) {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'burn', MemorySize }));
    await invoke(client, 10);
    const { cpuMs, wallMs, waitedMs } = await invoke(client, CPU_SECONDS * 1000);
    const expected = Math.min(1, MemorySize / ONE_CORE_MB);
    const achieved = cpuMs / wallMs;
    const error = expected / achieved - 1;
    console.log(
      [
        String(MemorySize).padStart(9),
        expected.toFixed(4).padStart(14),
        achieved.toFixed(4).padStart(14),
        cpuMs.toFixed(0).padStart(6),
        wallMs.toFixed(0).padStart(7),
        waitedMs.toFixed(0).padStart(9),
        (1 / expected).toFixed(3).padStart(17),
        (1 / achieved).toFixed(3).padStart(8),
        (loadavg()[0] ?? Number.NaN).toFixed(1).padStart(4),
        `${(error * 100).toFixed(1)} %${MemorySize < ONE_CORE_MB && Math.abs(error) > BOUND ? `  beyond ${BOUND * 100} %` : ''}`,
      ].join('  '),
    );
  }
}

async function invoke(client: LambdaClient, cpuMs: number): Promise<z.output<typeof answer>> {
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName: 'burn', Payload: JSON.stringify({ cpuMs }) }),
  );
  return answer.parse(JSON.parse(Payload?.transformToString() ?? ''));
}
