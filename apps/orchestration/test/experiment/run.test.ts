import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { createClients, startedLocalTarget } from '@skyground/cloud';
import { type RunEvent, type RunOutcome, resumeRun, runExperiment, showRun } from '@skyground/experiment';
import { startLocalCloud } from '@skyground/local-cloud';
import { readCsv } from '@skyground/metrics';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orchestration } from '../../src/experiment/experiment.ts';
import { timeOfDay } from '../../src/experiment/format.ts';

const chromium = '/usr/bin/chromium';
const small = {
  executions: 6,
  durationsMs: [0],
  lengths: [2],
  widths: [3],
  payloadBytes: [1024],
  types: ['EXPRESS'],
};
const given = Object.fromEntries(
  Object.entries(small).map(([name, value]) => [name, { value, origin: 'flag' as const }]),
);
const request = { target: 'local', profile: null, region: null, role: null, useAmbientCredentials: false };

let directory: string;
let stateDir: string;
/** As it ended after a stop in its middle and a resume. */
let outcome: RunOutcome;
const events: RunEvent[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-orchestration-'));
  stateDir = join(directory, 'state');
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|SKYGROUND_)/.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('INIT_CWD', directory);
  const stop = new AbortController();
  const stopped = await runExperiment(orchestration, given, {
    resultsFolder: join(directory, 'results'),
    stateDir,
    cloud: request,
    signal: stop.signal,
    emit: (event) => {
      events.push(event);
      // In the middle of the lab's rows, so that some of a group are there and some are not.
      if (event.type === 'sampleRecorded' && event.finishedUnits === 7) stop.abort(new Error('enough'));
    },
  });
  if (!('folder' in stopped) || stopped.folder === undefined) throw new Error(JSON.stringify(stopped));
  const signal = new AbortController().signal;
  outcome = await resumeRun(orchestration, stopped.folder, {
    stateDir,
    signal,
    emit: (event) => events.push(event),
  });
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

function folder(): string {
  if ('folder' in outcome && outcome.folder !== undefined) return outcome.folder;
  throw new Error(JSON.stringify(outcome));
}

async function rows(...columns: readonly string[]): Promise<readonly (readonly string[])[]> {
  const read: (readonly (string | null)[])[] = [];
  for await (const { cells } of readCsv({ path: join(folder(), 'samples.csv') }, () => undefined))
    read.push(cells);
  const [header = [], ...samples] = read;
  return samples.map((cells) => columns.map((column) => cells[header.indexOf(column)] ?? ''));
}

test('a run that was stopped goes on, ends valid, and has each unit of its plan once', async () => {
  expect(outcome).toMatchObject({ kind: 'valid' });
  const { manifest } = await showRun(folder());
  expect(manifest.sessions.map((session) => session.outcome)).toEqual(['stopped', 'finished']);
  const measured = (await rows('phase', 'arm', 'unit', 'status', 'coldEnvironments', 'probeBilledMs')).filter(
    ([phase]) => phase === 'measured',
  );
  const planned = manifest.plan.units.map(({ arm, unit }) => `${arm} ${unit}`);
  expect(measured.map(([, arm, unit]) => `${arm} ${unit}`).toSorted()).toEqual(planned.toSorted());
  for (const [, , , status, cold, billedMs] of measured) {
    expect(status).toBe('SUCCEEDED');
    expect(cold).toBe('0');
    expect(Number(billedMs)).toBeGreaterThan(0);
  }
});

/** What a person reads off the answers of GetExecutionHistory for the executions that two tables show. */
async function historiesShownIn(chainNote: string, parallelNote: string) {
  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const historyShownIn = async (note: string): Promise<readonly HistoryEvent[]> => {
    const executionArn = /arn:aws:states:\S+?(?=\. )/.exec(note)?.[0];
    return (await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];
  };
  try {
    return {
      chain: await historyShownIn(chainNote),
      parallel: await historyShownIn(parallelNote),
    };
  } finally {
    clients.destroy();
    await cloud.stop();
  }
}

function at(history: readonly HistoryEvent[], type: HistoryEvent['type'], index: number): number {
  return history.filter((event) => event.type === type)[index]?.timestamp?.getTime() ?? Number.NaN;
}

/** The report in Chromium: a table of it by its caption, with the note below. */
async function tablesOfTheReport() {
  const userDataDir = join(directory, 'chromium');
  const browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    timeout: 0,
    protocolTimeout: 0,
  });
  try {
    const page = await browser.newPage();
    const complaints: unknown[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error));
    await page.goto(pathToFileURL(join(folder(), 'report.html')).href);
    await page.waitForSelector('html[data-drawn]');
    expect(complaints).toEqual([]);
    return await page.$$eval('table', (tables) =>
      tables.map((table) => ({
        caption: table.caption?.textContent ?? '',
        around: table.closest('section')?.textContent ?? '',
        rows: [...table.tBodies].flatMap((body) =>
          [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent ?? '')),
        ),
      })),
    );
  } finally {
    await browser.close();
  }
}

test("the report shows the lab's two tables, every cell filled, as GetExecutionHistory has them", async (context) => {
  try {
    await access(chromium);
  } catch {
    return context.skip(`${chromium} is not installed: the report was not opened in a browser`);
  }
  const tables = await tablesOfTheReport();
  for (const { rows: all } of tables) {
    for (const cells of all) expect(cells.every((cell) => !/NaN|undefined|Infinity/.test(cell))).toBe(true);
  }
  const valuesIn = (caption: string) => {
    const table = tables.find((one) => one.caption.startsWith(caption));
    expect(table?.rows.flat().every((cell) => cell !== '')).toBe(true);
    return (table?.rows ?? []).map(([, value]) => value);
  };

  const { chain, parallel } = await historiesShownIn(
    await noteOf('Chain experiment'),
    await noteOf('Parallel experiment'),
  );
  const [a, b, c] = [0, 1, 2].map((index) => ({
    start: at(chain, 'TaskStateEntered', index),
    end: at(chain, 'TaskSucceeded', index),
    exit: at(chain, 'TaskStateExited', index),
  }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three tasks');
  const overhead = b.start - a.end + (c.start - b.end);
  const percent = (100 * overhead) / (c.exit - a.start);
  expect(valuesIn('Chain experiment')).toEqual([
    ...[a.start, a.end, b.start, b.end, c.start, c.exit].map(timeOfDay),
    ...[b.start - a.end, c.start - b.end, overhead, c.exit - a.start].map((value) => `${value} ms`),
    expect.stringMatching(new RegExp(`^${percent.toFixed(1)}\\d? %$`)),
  ]);

  const entered = at(parallel, 'ParallelStateEntered', 0);
  const started = at(parallel, 'TaskStarted', 4);
  const exited = at(parallel, 'ParallelStateExited', 0);
  expect(valuesIn('Parallel experiment')).toEqual([
    ...[entered, started, exited].map(timeOfDay),
    `${started - entered} ms`,
    `${exited - entered} ms`,
    expect.stringMatching(
      new RegExp(`^${((100 * (started - entered)) / (exited - entered)).toFixed(1)}\\d? %$`),
    ),
  ]);
}, 60_000);

/** The sentence below a table, which names the execution that it shows. */
async function noteOf(title: string): Promise<string> {
  const text = await readFile(join(folder(), 'report.md'), 'utf8');
  return (text.split(`### ${title}\n`)[1] ?? '').split('\n|')[0]?.replaceAll('\\', '') ?? '';
}

test('the bill is of what was used: the API once an execution of the lab, warm-up included', async () => {
  const lab = (await rows('part', 'triggerInvocations')).filter(([part]) => part === 'lab');
  const triggered = lab.reduce((sum, [, invocations]) => sum + Number(invocations), 0);
  expect(triggered).toBe(lab.length);
});
