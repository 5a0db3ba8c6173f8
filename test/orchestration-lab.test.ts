import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { startLocalCloud } from '@skyground/local-cloud';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { listEverything, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const CLI = fileURLToPath(new URL('fixtures/orchestration-lab/cli.ts', import.meta.url));

const EVERYTHING = [
  'REST API skyground-orchestration-lab-trigger',
  'function skyground-orchestration-lab-probe',
  'function skyground-orchestration-lab-trigger',
  'log group /aws/lambda/skyground-orchestration-lab-probe',
  'log group /aws/lambda/skyground-orchestration-lab-trigger',
  'log group /aws/vendedlogs/states/skyground-orchestration-lab-experiment',
  'role skyground-orchestration-lab-states-us-east-1',
  'role skyground-orchestration-lab-us-east-1',
  'state machine skyground-orchestration-lab-experiment',
];

let cloud: TestCloud;
/** As deploy printed it. */
let url = '';

beforeAll(async () => {
  cloud = await startTestCloud();
});

afterAll(async () => {
  await cloud.stop();
});

/** Starts the lab's command as a person does, against the cloud of this test. */
function start(args: readonly string[], stateDir = cloud.stateDir) {
  return spawn(process.execPath, [CLI, ...args, '--state', stateDir], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(command: 'deploy' | 'destroy', stateDir?: string) {
  const child = start([command], stateDir);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

/** Kills the command without warning at the first line that matches. */
async function killedAt(line: RegExp, ...args: readonly string[]): Promise<void> {
  const child = start(args);
  const closed = once(child, 'close');
  for await (const printed of createInterface({ input: child.stdout })) {
    if (line.test(printed)) child.kill('SIGKILL');
  }
  expect(await closed).toEqual([null, 'SIGKILL']);
}

/** What a person does after deploy: copies the URL and posts to it. */
async function post(experimentType: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_type: experimentType }),
  });
  const answer: unknown = await response.json();
  expect(response.status).toBe(202);
  expect(answer).toEqual({
    message: `Experiment '${experimentType}' started.`,
    execution_arn: expect.stringMatching(
      /^arn:aws:states:us-east-1:\d{12}:execution:skyground-orchestration-lab-experiment:/,
    ),
  });
  return String(Object.entries(answer ?? {}).find(([name]) => name === 'execution_arn')?.[1]);
}

async function historyOf(executionArn: string): Promise<readonly HistoryEvent[]> {
  const { sfn } = cloud.clients;
  await vi.waitFor(
    async () => {
      const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      expect(status).toBe('SUCCEEDED');
    },
    { timeout: 60_000, interval: 50 },
  );
  return (await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];
}

function timesMs(events: readonly HistoryEvent[]): readonly number[] {
  return events.map(({ timestamp }) => timestamp?.getTime() ?? Number.NaN);
}

describe('deploy', () => {
  it('says where routes are served when its own cloud has ended', async () => {
    const stateDir = join(cloud.stateDir, '..', 'another');
    const { stdout } = await run('deploy', stateDir);
    const [printed = ''] = /http:\S+\/experiment$/m.exec(stdout) ?? [];

    expect(stdout).toContain(`These are served while this runs: npm run cloud -- --state ${stateDir}\n`);
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:7594\//);
    // The port may be taken where tests run; everything else is as a person would do it.
    const next = await startLocalCloud({ stateDir });
    const response = await fetch(printed.replace('http://127.0.0.1:7594', next.endpoint), { method: 'POST' });
    await next.stop();
    expect(response.status).toBe(202);
  });
});

describe('the orchestration lab', () => {
  it('is finished by the next deploy where one was killed', async () => {
    await killedAt(/created +role .*states/, 'deploy');
    await killedAt(/created +state machine/, 'deploy');

    const rest = await run('deploy');
    expect(rest).toMatchObject({ exitCode: 0, stderr: '' });
    expect(rest.stdout).toMatch(/unchanged +role +skyground-orchestration-lab-states-us-east-1/);
    expect(rest.stdout).toMatch(/Deployed\.\n$/);
    expect(await listEverything(cloud.clients)).toEqual(EVERYTHING);
  });

  it('is not changed by a second deploy, which prints how to invoke it all the same', async () => {
    const { exitCode, stdout } = await run('deploy');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Nothing to change: everything is as declared\.\n$/);
    expect(stdout).not.toMatch(/created|updated/);
    url = /^ +POST (http:\S+)$/m.exec(stdout)?.[1] ?? '';
    expect(stdout).toMatch(
      /^ +curl -X POST -H 'Content-Type: application\/json' -d '\{"experiment_type":"CHAIN"\}' 'http:\S+\/dev\/experiment'$/m,
    );
    expect(stdout).toMatch(/^ +Invoke-WebRequest .*-Method POST -Uri 'http:\S+\/dev\/experiment' /m);
  });

  it('runs the chain by POST, one task after the other', async () => {
    const events = await historyOf(await post('CHAIN'));

    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'ChoiceStateEntered',
      'ChoiceStateExited',
      ...Array.from({ length: 3 }, () => [
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
      ]).flat(),
      'ExecutionSucceeded',
    ]);
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    const times = timesMs(events);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // Whole seconds throughout would be a clock that has no milliseconds.
    expect(times.some((time) => time % 1000 !== 0)).toBe(true);
  });

  it('runs five branches at once by POST', async () => {
    const events = await historyOf(await post('PARALLEL'));
    const of = (type: HistoryEvent['type']) => events.filter((event) => event.type === type);

    for (const type of ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded'] as const)
      expect(of(type)).toHaveLength(5);
    const names = of('TaskStateEntered').map(
      ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name,
    );
    expect(new Set(names)).toEqual(new Set(['P1', 'P2', 'P3', 'P4', 'P5']));
    const [entered = Number.NaN] = timesMs(of('ParallelStateEntered'));
    const fanOutDelayMs = Math.max(...timesMs(of('TaskStarted'))) - entered;
    expect(fanOutDelayMs).toBeGreaterThanOrEqual(0);
  });

  it('is removed with everything that it left', async () => {
    const { exitCode, stdout } = await run('destroy');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Destroyed\.\n$/);
    expect(await listEverything(cloud.clients)).toEqual([]);
    expect((await run('destroy')).stdout).toMatch(/Nothing left to remove\.\n$/);
  });
});
