import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { listEverything, type ServedCloud, serveCloud } from './support/test-cloud.ts';

const CLI = fileURLToPath(new URL('../apps/orchestration/src/cli.ts', import.meta.url));

const EVERYTHING = [
  'REST API skyground-orchestration-trigger',
  'function skyground-orchestration-probe',
  'function skyground-orchestration-trigger',
  'log group /aws/lambda/skyground-orchestration-probe',
  'log group /aws/lambda/skyground-orchestration-trigger',
  'log group /aws/vendedlogs/states/skyground-orchestration-lab',
  'log group /aws/vendedlogs/states/skyground-orchestration-sweepExpress',
  'log group /aws/vendedlogs/states/skyground-orchestration-sweepStandard',
  'role skyground-orchestration-states-us-east-1',
  'role skyground-orchestration-us-east-1',
  'state machine skyground-orchestration-lab',
  'state machine skyground-orchestration-sweepExpress',
  'state machine skyground-orchestration-sweepStandard',
];

let directory: string;
let stateDir: string;
let cloud: ServedCloud;
/** As deploy printed it. */
let url = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground lab '));
  stateDir = join(directory, 'state');
  cloud = await serveCloud(stateDir);
});

afterAll(async () => {
  await cloud.stop();
  await rm(directory, { recursive: true });
});

/** Starts the lab's command as a person does, against the cloud of this test. */
function start(command: 'deploy' | 'destroy') {
  return spawn(process.execPath, [CLI, command, '--state', stateDir], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(command: 'deploy' | 'destroy') {
  const child = start(command);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

/** Kills a deploy without warning at the first line that matches. */
async function killedAt(line: RegExp): Promise<void> {
  const child = start('deploy');
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
      /^arn:aws:states:us-east-1:\d{12}:execution:skyground-orchestration-lab:/,
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

describe('the orchestration lab', () => {
  it('is finished by the next deploy where one was killed, and says where it is served when its own cloud has ended', async () => {
    await killedAt(/created +role .*states/);
    await cloud.stop();
    const { exitCode, stdout, stderr } = await run('deploy');
    cloud = await serveCloud(stateDir);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/unchanged +role +skyground-orchestration-states-us-east-1/);
    expect(stdout).toContain(`These are served while this runs: npm run cloud -- --state '${stateDir}'\n`);
    expect(stdout).toMatch(/Deployed\.\n$/);
    expect(await listEverything(cloud.clients)).toEqual(EVERYTHING);
    // The port may be taken where tests run; everything else is as a person would do it.
    const [printed = ''] = /http:\S+\/experiment$/m.exec(stdout) ?? [];
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:7594\//);
    const response = await fetch(printed.replace('http://127.0.0.1:7594', cloud.endpoint), {
      method: 'POST',
    });
    expect(response.status).toBe(202);
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
  });
});
