// What Step Functions adds to the work itself: from one handler's end to the next one's start, fan-out, history, memory.
//   node bench/states.bench.ts
// Handlers stamp their own start and end with the kernel's monotonic clock, which all processes of a machine share, and their
// start with the wall clock (whole milliseconds), which history has.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { noHistory, parseDefinition, runMachine } from '@skyground/asl';
import { systemClock } from '../src/clock.ts';
import { ensureLocalCloud } from '../src/index.ts';
import { functionZip } from '../test/support/function-zip.ts';
import { printed, spreadOf } from './fixtures/spread.ts';
import { serveStates } from './fixtures/states-services.ts';

const CHAIN_LENGTH = 10;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 20;
const BRANCHES = 5;
const ROLE = 'arn:aws:iam::000000000000:role/bench';
const PROBE = `const now = () => Number(process.hrtime.bigint()) / 1e6;
export const handler = async () => {
  const stamp = { startMs: now(), wallMs: Date.now() };
  return { ...stamp, endMs: now() };
};`;

interface Stamp {
  readonly startMs: number;
  readonly wallMs: number;
  readonly endMs: number;
}

await latencies();
await historyCost();
await memory();

async function latencies(): Promise<void> {
  const cloud = await serveStates();
  const lambda = new LambdaClient(cloud.config);
  const sfn = new SFNClient(cloud.config);
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'probe',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      MemorySize: 1024,
      Code: { ZipFile: await functionZip(PROBE) },
    }),
  );
  const task = (name: string) => ({ Type: 'Task', Resource: FunctionArn, ResultPath: `$.${name}` });
  const chainNames = Array.from({ length: CHAIN_LENGTH }, (_, index) => `p${index}`);
  const chain = await createMachine(
    sfn,
    'chain',
    Object.fromEntries(
      chainNames.map((name, index) => {
        const Next = chainNames[index + 1];
        return [name, { ...task(name), ...(Next === undefined ? { End: true } : { Next }) }];
      }),
    ),
  );
  const branches = Array.from({ length: BRANCHES }, (_, index) => ({
    StartAt: `Probe${index}`,
    States: { [`Probe${index}`]: { Type: 'Task', Resource: FunctionArn, End: true } },
  }));
  const fan = await createMachine(sfn, 'fan', {
    First: { ...task('first'), Next: 'Fan' },
    Fan: { Type: 'Parallel', Branches: branches, ResultPath: '$.branches', End: true },
  });

  const gapsMs: number[] = [];
  const fanOutMs: number[] = [];
  const fanOutWholeMs: number[] = [];
  const sdkMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const chained: Record<string, Stamp> = JSON.parse((await run(sfn, chain)).output);
    const fanOut = await run(sfn, fan);
    const fanned: { first: Stamp; branches: Stamp[] } = JSON.parse(fanOut.output);
    const enteredMs = await timeOf(sfn, fanOut.executionArn, 'ParallelStateEntered');
    const sdk = await timed(() => lambda.send(new InvokeCommand({ FunctionName: 'probe', Payload: '{}' })));
    const bare = await timed(() => cloud.invoker.invoke(FunctionArn, '{}', new AbortController().signal));
    if (round < WARM_UP_ROUNDS) continue;
    gapsMs.push(...gapsOf(chainNames.flatMap((name) => chained[name] ?? [])));
    fanOutMs.push(Math.max(...fanned.branches.map(({ wallMs }) => wallMs)) - enteredMs);
    fanOutWholeMs.push(Math.max(...fanned.branches.map(({ startMs }) => startMs)) - fanned.first.endMs);
    sdkMs.push(sdk);
    bareMs.push(bare);
  }
  line(
    `Task to Task, handler end to next handler start (n = ${gapsMs.length}; aim: p50 at most 3 ms)`,
    gapsMs,
  );
  line(`fan-out to ${BRANCHES}, Parallel entered to last branch started (aim: p50 at most 8 ms)`, fanOutMs);
  line('the same from the end of the handler before Parallel', fanOutWholeMs);
  line('floor: a warm Invoke through the SDK', sdkMs);
  line('floor: a warm invoke in the process, without a socket', bareMs);
  lambda.destroy();
  sfn.destroy();
  await cloud.stop();
}

/** A loop of as many events as asked for, with history in the database and, as the floor, without any. */
async function historyCost(): Promise<void> {
  const cloud = await serveStates();
  const sfn = new SFNClient(cloud.config);
  const states = {
    Again: {
      Type: 'Choice',
      Choices: [{ Variable: '$.turn', NumericLessThanPath: '$.turns', Next: 'Turn' }],
      Default: 'Done',
    },
    Turn: {
      Type: 'Pass',
      Parameters: { 'turn.$': 'States.MathAdd($.turn, 1)', 'turns.$': '$.turns' },
      Next: 'Again',
    },
    Done: { Type: 'Succeed' },
  };
  const loop = await createMachine(sfn, 'loop', states);
  console.log('history: microseconds an event, in the cloud and by the interpreter alone');
  for (const events of [1_000, 5_000, 24_900, 1_000, 5_000, 24_900]) {
    const input = { turn: 0, turns: Math.floor((events - 6) / 4) };
    const inCloudMs = await timed(() => run(sfn, loop, input));
    const aloneMs = await timed(() => runAlone(states, input));
    const each = (durationMs: number) => ((durationMs * 1000) / events).toFixed(1);
    console.log(`  ${events} events: ${each(inCloudMs)} us, alone ${each(aloneMs)} us`);
  }
  sfn.destroy();
  await cloud.stop();
}

async function runAlone(states: object, input: { turn: number; turns: number }): Promise<void> {
  const parsed = parseDefinition(definitionOf(states));
  if (!parsed.ok) throw new Error('The loop is no definition.');
  await runMachine({
    definition: parsed.definition,
    input,
    context: {},
    tasks: { run: () => Promise.reject(new Error('The loop has no task.')) },
    clock: systemClock,
    randomness: { random: Math.random, uuid: () => '' },
    history: noHistory,
    roleArn: ROLE,
    region: 'us-east-1',
    signal: new AbortController().signal,
  });
}

/** Of a cloud in a process of its own, so that the client's memory is not counted. */
async function memory(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
  const cloud = await ensureLocalCloud({
    stateDir: join(scratch, 'state'),
    signal: new AbortController().signal,
  });
  const sfn = new SFNClient({
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: cloud.credentials,
  });
  const lock: { pid: number } = JSON.parse(readFileSync(join(scratch, 'state', 'lock'), 'utf8'));
  const rss = () => `${Math.round(rssKilobytes(lock.pid) / 1024)} MB`;
  const pass = await createMachine(sfn, 'pass', { Only: { Type: 'Pass', End: true } });
  const sleeping = await createMachine(sfn, 'wait', { Long: { Type: 'Wait', Seconds: 5, End: true } });
  for (let count = 0; count < 500; count += 1) await run(sfn, pass);
  console.log(`memory: ${rss()} after 500 executions`);
  const startedAt = performance.now();
  for (let count = 1; count <= 10_000; count += 1) {
    await run(sfn, pass);
    if (count % 2_500 === 0) console.log(`  ${rss()} after ${count} more in sequence`);
  }
  console.log(`  ${((performance.now() - startedAt) / 10_000).toFixed(2)} ms each, started and described`);
  for (let round = 0; round < 6; round += 1) {
    await Promise.all(
      Array.from({ length: 1_000 }, () => sfn.send(new StartExecutionCommand({ stateMachineArn: sleeping }))),
    );
    const during = rss();
    const most = await openExecutions(sfn, sleeping, 1_000);
    while ((await openExecutions(sfn, sleeping, 1)) > 0) await wait(200);
    await wait(1_000);
    console.log(`  ${rss()} after 1,000 at once (${most} of them seen running; ${during} then)`);
  }
  sfn.destroy();
  await cloud.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function openExecutions(sfn: SFNClient, stateMachineArn: string, maxResults: number): Promise<number> {
  const asked = { stateMachineArn, statusFilter: 'RUNNING', maxResults } as const;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand(asked));
  return executions.length;
}

function rssKilobytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes);
}

async function createMachine(sfn: SFNClient, name: string, states: object): Promise<string> {
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({ name, roleArn: ROLE, definition: definitionOf(states) }),
  );
  return stateMachineArn;
}

function definitionOf(states: object): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
}

/** Asks seldom enough to be out of the way. */
async function run(
  sfn: SFNClient,
  stateMachineArn: string,
  input: object = {},
): Promise<{ executionArn: string; output: string }> {
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  for (;;) {
    const { status, output, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') return { executionArn, output: output ?? '' };
    if (status !== 'RUNNING') throw new Error(`${executionArn} ended: ${status} ${error} ${cause}`);
    await wait(50);
  }
}

async function timeOf(sfn: SFNClient, executionArn: string, type: string): Promise<number> {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.find((event) => event.type === type)?.timestamp?.getTime() ?? Number.NaN;
}

function gapsOf(stamps: readonly Stamp[]): number[] {
  return stamps.slice(1).map(({ startMs }, index) => startMs - (stamps[index]?.endMs ?? Number.NaN));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function line(title: string, samplesMs: readonly number[]): void {
  console.log(`${title}\n  ${printed(spreadOf(samplesMs), 'ms')}`);
}
