import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import {
  type CloudClients,
  createClients,
  destroy,
  loadSettings,
  planDeploy,
  reportLines,
  startedLocalTarget,
} from '@skyground/cloud';
import { type RunEvent, type RunOutcome, resumeRun, runExperiment } from '@skyground/experiment';
import { startLocalCloud } from '@skyground/local-cloud';
import { readCsv } from '@skyground/metrics';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployment } from '../../src/experiment/deployment.ts';
import { iris } from '../../src/experiment/experiment.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';

const python = '/usr/bin/python3';
const hasPandas = spawnSync(python, ['-c', 'import pandas']).status === 0;
const chromium = '/usr/bin/chromium';
const signal = new AbortController().signal;

const small = {
  users: 3,
  spawnRate: 10,
  runTimeS: 1.5,
  thinkMs: 50,
  burst: 3,
  bursts: 6,
  rounds: 6,
  warmCalls: 1,
  strategies: ['base', 'provisioned'],
  // The cloud of this test ends idle environments before the rounds are over, and so does not keep what is pinged that rarely.
  idleS: 6,
  pingS: 1,
};
const parameters = parametersSchema.parse(small);

let directory: string;
let clients: CloudClients;
let stop: () => Promise<void>;
let stopped: RunOutcome;
/** What was there when the run was stopped in the middle of the rounds. */
let afterTheStop: Awaited<ReturnType<typeof leftBehind>>;
let outcome: RunOutcome;
let folder = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-iris-run-'));
  const stateDir = join(directory, 'state');
  const cloud = await startLocalCloud({ stateDir, lambda: { idleTimeoutMs: 5_000 } });
  clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  stop = async () => {
    clients.destroy();
    await cloud.stop();
    await rm(directory, { recursive: true });
  };
  const interrupt = new AbortController();
  const stopInRound3 = (event: RunEvent) => {
    if (event.type === 'progress' && event.activity.startsWith('round 3 '))
      interrupt.abort(new Error('stop'));
  };
  const cloudRequest = {
    target: 'local',
    profile: null,
    region: null,
    role: null,
    useAmbientCredentials: false,
  };
  stopped = await runExperiment(
    iris,
    Object.fromEntries(Object.entries(small).map(([name, value]) => [name, { value, origin: 'flag' }])),
    {
      resultsFolder: join(directory, 'results'),
      stateDir,
      cloud: cloudRequest,
      thresholds: [],
      emit: stopInRound3,
      signal: interrupt.signal,
    },
  );
  folder = 'folder' in stopped ? (stopped.folder ?? '') : '';
  afterTheStop = await leftBehind();
  outcome = await resumeRun(iris, folder, { stateDir, emit: () => undefined, signal });
}, 180_000);
afterAll(async () => {
  await stop();
});

function declaration() {
  const settings = loadSettings({ flags: {}, environment: {}, directory: '/' });
  return deployment(parameters, settings, clients.target);
}

/** What a deploy would change, and what was published and provisioned. */
async function leftBehind() {
  const { steps, names } = await planDeploy(declaration(), clients, { signal });
  const FunctionName = names.functions['provisioned']?.name ?? '';
  const { Versions = [] } = await clients.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const { ProvisionedConcurrencyConfigs = [] } = await clients.lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName }),
  );
  return {
    changes: steps
      .filter(({ outcome }) => outcome !== 'unchanged')
      .map(({ type, name }) => `${type} ${name}`),
    versions: Versions.map(({ Version }) => Version),
    provisioned: ProvisionedConcurrencyConfigs.length,
  };
}

async function rowsOf(name: string) {
  const torn = () => expect.unreachable(`${name} has a torn line`);
  const rows: (readonly (string | null)[])[] = [];
  for await (const { cells } of readCsv({ path: join(folder, name) }, torn)) rows.push(cells);
  const [header = [], ...body] = rows;
  return body.map((cells) => {
    const byColumn = new Map(header.map((column, index) => [column ?? '', cells[index] ?? null]));
    return (column: string) => byColumn.get(column) ?? null;
  });
}

test('a stop restores the functions and takes the provisioned environments away', () => {
  expect(stopped.kind).toBe('stopped');
  expect(afterTheStop).toEqual({ changes: [], versions: ['$LATEST'], provisioned: 0 });
});

test('the run goes on and ends valid, and leaves nothing that a deploy would change', async () => {
  expect(outcome).toMatchObject({
    kind: 'valid',
    verdict: { headline: expect.stringContaining('cloud (local)') },
  });
  expect(await leftBehind()).toEqual({ changes: [], versions: ['$LATEST'], provisioned: 0 });
});

test('every request is cold or warm as the REPORT line of its own invocation says, none unknown and none failed', async () => {
  const rows = await rowsOf('samples.csv');
  const { functions } = (await planDeploy(declaration(), clients, { signal })).names;
  const initById = new Map<string, number | null>();
  for (const { logGroup } of Object.values(functions)) {
    for (const line of await reportLines(clients, logGroup, { sinceMs: 0, signal })) {
      if (line.kind === 'report') initById.set(line.requestId, line.initMs);
    }
  }
  expect(rows.filter((of) => of('outcome') !== 'succeeded')).toEqual([]);
  const wrong = rows.filter((of) => {
    const initMs = initById.get(of('requestId') ?? '');
    const isCold = typeof initMs === 'number' && of('arm')?.startsWith('provisioned') !== true;
    return initMs === undefined || of('start') !== (isCold ? 'cold' : 'warm');
  });
  expect(wrong.map((of) => [of('arm'), of('unit'), of('start')])).toEqual([]);
  const starts = (arm: string) => new Set(rows.flatMap((of) => (of('arm') === arm ? [of('start')] : [])));
  expect(starts('burst')).toContain('cold');
  expect([...starts('base, first call')]).toEqual(['cold']);
  expect([...starts('provisioned, first call')]).toEqual(['warm']);
});

test('the log of one invocation is exported as the console of CloudWatch does', async () => {
  const rows = await rowsOf('part1_cloudwatch_log.csv');
  const messages = rows.map((of) => of('message') ?? '');
  for (const of of rows) expect(Number(of('timestamp'))).toBeGreaterThan(Date.UTC(2026));
  expect(messages.map((message) => message.split(' ')[0])).toEqual([
    'INIT_START',
    'START',
    expect.stringContaining('INFO'),
    'END',
    'REPORT',
  ]);
});

test('what the course asks for lies in the run folder', () => {
  const wanted = [
    'charts/linegraph.png',
    'charts/coldstart.png',
    'charts/warm.png',
    'charts/part1_api_test.png',
    'locust_logs/test_locust_logs.txt',
    'locust_logs/test_locust_report.html',
  ];
  expect(wanted.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
});

test.skipIf(!hasPandas)(
  'pandas reads the Locust files unchanged, and counts what samples.csv holds',
  async () => {
    const script = [
      'import pandas as pd, sys',
      'p = sys.argv[1] + "/locust_logs/test"',
      'stats, history = pd.read_csv(p + "_stats.csv"), pd.read_csv(p + "_stats_history.csv")',
      'failures, exceptions = pd.read_csv(p + "_failures.csv"), pd.read_csv(p + "_exceptions.csv")',
      'total = stats[stats["Name"] == "Aggregated"].iloc[0]',
      'print(total["Request Count"], total["Failure Count"], len(failures), len(exceptions), history["Total Request Count"].max(), stats["Type"].iloc[0], stats["Name"].iloc[0])',
    ].join('\n');
    const { stdout, stderr } = spawnSync(python, ['-c', script, folder], { encoding: 'utf8' });
    const requests = (await rowsOf('samples.csv')).filter(
      (of) => of('phase') === 'load' && of('unit') !== null && of('parts') !== null,
    ).length;
    expect({ stdout, stderr }).toEqual({
      stdout: `${requests} 0 0 0 ${requests} POST /default/predict\n`,
      stderr: '',
    });
  },
);

test.skipIf(!existsSync(chromium))(
  'the report shows verdict, tables and analysis, and fits a phone',
  async () => {
    const browser = await puppeteer.launch({
      executablePath: chromium,
      userDataDir: join(directory, 'chromium'),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      timeout: 0,
      protocolTimeout: 0,
    });
    try {
      const page = await browser.newPage();
      const complaints: unknown[] = [];
      page.on('pageerror', (error) => complaints.push(error));
      await page.setViewport({ width: 390, height: 844 });
      await page.goto(pathToFileURL(join(folder, 'report.html')).href);
      const text = await page.evaluate('document.body.innerText');
      expect(complaints).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      for (const words of [
        'times as long as one that finds one',
        'Cold and warm requests',
        'What a cold start is made of',
        'What each strategy costs (modelled)',
        'Implications and strategies',
      ])
        expect(text).toContain(words);
    } finally {
      await browser.close();
    }
  },
);

test('destroying the app of the experiment leaves no function and no version', async () => {
  await destroy(declaration(), clients, { signal });
  expect((await clients.lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
  const gone = new GetFunctionConfigurationCommand({ FunctionName: 'skyground-iris-experiment-provisioned' });
  await expect(clients.lambda.send(gone)).rejects.toThrow(/not found/i);
});
