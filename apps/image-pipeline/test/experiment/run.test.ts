import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createClients, startedLocalTarget } from '@skyground/cloud';
import { type RunOutcome, runExperiment, showRun } from '@skyground/experiment';
import { startLocalCloud } from '@skyground/local-cloud';
import { readCsv } from '@skyground/metrics';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { imagePipeline } from '../../src/experiment/experiment.ts';
import { functionRunsOf } from '../../src/experiment/function-runs.ts';
import { type Sample, sampleSchema } from '../../src/experiment/sample.ts';

/** Six of each mode, and too few pairs for an interval: that a gain keeps its bound is no matter for a machine that tests share. */
const small = { iterations: 5, coldIterations: 1, imageSize: '96x54' };
const given = Object.fromEntries(
  Object.entries(small).map(([name, value]) => [name, { value, origin: 'flag' as const }]),
);
const request = { target: 'local', profile: null, region: null, role: null, useAmbientCredentials: false };

let directory: string;
let stateDir: string;
let outcome: RunOutcome;
let rows: readonly Sample[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-image-pipeline-'));
  stateDir = join(directory, 'state');
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|SKYGROUND_)/.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('INIT_CWD', directory);
  outcome = await runExperiment(imagePipeline, given, {
    resultsFolder: join(directory, 'results'),
    stateDir,
    cloud: request,
    signal: new AbortController().signal,
    emit: () => undefined,
  });
  rows = await readRows(folder());
}, 180_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

async function readRows(folder: string): Promise<readonly Sample[]> {
  const lines: (readonly (string | null)[])[] = [];
  for await (const { cells } of readCsv({ path: join(folder, 'samples.csv') }, () => undefined))
    lines.push(cells);
  const [header = [], ...cells] = lines;
  return cells.map((row) =>
    sampleSchema.parse(
      Object.fromEntries(header.map((name, index) => [name, spelt(String(name), row[index] ?? null)])),
    ),
  );
}

function spelt(name: string, cell: string | null): unknown {
  return cell !== null &&
    /(Ms|Sha256|preResolved|coldFunctions|Reads|Writes|Puts|Gets|transitions|Bytes|Scale)$/.test(name) &&
    !name.endsWith('Sha256')
    ? Number(cell)
    : cell;
}

function folder(): string {
  if ('folder' in outcome && outcome.folder !== undefined) return outcome.folder;
  throw new Error(JSON.stringify(outcome));
}

test('a run ends valid and has each unit of its plan once', async () => {
  expect(outcome).toMatchObject({ kind: 'valid' });
  const { manifest } = await showRun(folder());
  const measured = rows
    .filter(({ phase }) => phase === 'measured')
    .map(({ mode, unit }) => `${mode} ${unit}`);
  expect(measured.toSorted()).toEqual(
    manifest.plan.units.map(({ arm, unit }) => `${arm} ${unit}`).toSorted(),
  );
});

test('every run has its six functions, its own mode, the same output, and the start that it was meant to have', () => {
  expect(rows.length).toBeGreaterThanOrEqual(18);
  expect(
    new Set(rows.map(({ manifestSha256, contactSheetSha256 }) => `${manifestSha256} ${contactSheetSha256}`))
      .size,
  ).toBe(1);
  for (const row of rows) {
    expect(row).toMatchObject({ outcome: 'succeeded', recordedMode: row.mode });
    expect(functionRunsOf(row)).toHaveLength(6);
    expect(row.endedAtMs).toBeGreaterThanOrEqual(row.finalPublishAtMs ?? Number.POSITIVE_INFINITY);
    if (row.phase === 'measured') expect(row.coldFunctions).toBe(row.intendedStart === 'cold' ? 6 : 0);
    expect(row.transitions).toBe(row.mode === 'STEP_FUNCTIONS' ? 7 : 0);
    expect(row.storeWrites > 0).toBe(row.mode !== 'STEP_FUNCTIONS');
  }
});

test('the files of the origin are there, with their charts, and nothing that a run wrote is left but its tombstones', async () => {
  const names = (await readdir(folder())).map((name) => name.replaceAll(/\d{8}_\d{6}/g, 'T'));
  for (const mode of ['CLASSIC', 'FUTURE_BASED', 'STEP_FUNCTIONS'])
    for (const part of ['runs', 'summary'])
      expect(names).toContain(`benchmark_image-pipeline_${mode}_T_${part}.json`);
  expect(names).toContain('COMPARISON_REPORT_T.md');
  const charts = await readdir(join(folder(), 'charts'));
  for (const id of ['timeline_diagram', 'cold_runs', 'gain_against_bound', 'workflow'])
    expect(charts).toContain(`${id}.png`);
  expect(await readFile(join(folder(), 'report.md'), 'utf8')).not.toMatch(/NaN|undefined/);

  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  try {
    const Bucket = 'skyground-image-pipeline-results-000000000000-us-east-1';
    expect((await clients.s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).toEqual([]);
    const { Items = [] } = await clients.dynamodb.send(
      new ScanCommand({ TableName: 'skyground-image-pipeline' }),
    );
    const sessions = rows.filter(({ mode }) => mode !== 'STEP_FUNCTIONS').map(({ session }) => session);
    expect(Items.map((item) => item['session']?.S ?? '').toSorted()).toEqual(sessions.toSorted());
  } finally {
    clients.destroy();
    await cloud.stop();
  }
});
